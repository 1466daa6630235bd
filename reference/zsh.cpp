#include "reference/completion.hpp"

namespace dotdiag::reference {
namespace {

/// A part of a specification of _arguments, or of _describe: colons and brackets would end it.
std::string plain(const std::string& text) {
  std::string result;
  for (const char letter : text) {
    if (letter == ':' || letter == '[' || letter == ']' || letter == '\\') result += '\\';
    result += letter;
  }
  return result;
}

/// `:FORMAT:(text json)`; empty for a flag.
std::string zsh_value(const Option& option) {
  if (option.kind == ValueKind::none) return "";
  std::string action = " ";
  if (option.kind == ValueKind::file) action = "_files";
  if (option.kind == ValueKind::directory) action = "_files -/";
  if (!option.choices.empty()) {
    action = "(";
    for (const std::string& choice : option.choices)
      action += (action.size() > 1 ? " " : "") + plain(choice);
    action += ")";
  }
  return ":" + plain(option.metavar) + ":" + action;
}

/// A name as _arguments reads it: -o takes its value with or without a space, --output with a space or an equals sign.
std::string name_of(const std::string& name, const Option& option) {
  if (option.kind == ValueKind::none) return name;
  return name + (name.starts_with("--") ? "=" : "+");
}

std::string specifications(const Command& command) {
  std::string text;
  for (const Option& option : command.options) {
    std::string others;
    for (const std::string& name : option.names)
      others += (others.empty() ? "" : " ") + name;
    for (const std::string& name : option.names)
      text += " \\\n    " + quoted((option.repeats ? "*" : "(" + others + ")") + name_of(name, option) + "[" +
                                   plain(option.help) + "]" + zsh_value(option));
  }
  for (const Option& argument : command.arguments)
    text += " \\\n    " + quoted((argument.repeats ? "*" : "1") + zsh_value(argument));
  return text;
}

std::string of_commands(const Command& command) {
  std::string names, cases;
  for (const Command& one : command.commands) {
    names += "    " + quoted(plain(one.name) + ":" + one.description) + "\n";
    cases += "  " + one.name + ")\n  _arguments -s -S" + specifications(one) + "\n  ;;\n";
  }
  return "  local context state state_descr line\n  typeset -A opt_args\n  local -a commands=(\n" + names +
         "  )\n  _arguments -C" + specifications(command) +
         " \\\n    '1:command:->command' \\\n    '*::argument:->argument'\n"
         "  if [[ $state == command ]]; then\n    _describe command commands\n    return\n  fi\n"
         "  case $words[1] in\n" +
         cases + "  esac\n";
}

}  // namespace

std::string zsh_completion(const std::string& program, const Command& command) {
  const std::string body =
      command.commands.empty() ? "  _arguments -s -S" + specifications(command) + "\n" : of_commands(command);
  return "#compdef " + program + "\n# Made from the options of " + program + " by reference/. Do not edit.\n\n_" +
         program + "() {\n" + body + "}\n\n_" + program + " \"$@\"\n";
}

}  // namespace dotdiag::reference
