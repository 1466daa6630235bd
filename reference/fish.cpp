#include "reference/completion.hpp"

namespace dotdiag::reference {
namespace {

/// In single quotes, as fish reads them.
std::string fish_quoted(const std::string& text) {
  std::string result = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') result += '\\';
    result += letter;
  }
  return result + "'";
}

std::string fish_value(const Option& option) {
  if (option.kind == ValueKind::none) return "";
  if (!option.choices.empty()) {
    std::string words;
    for (const std::string& choice : option.choices)
      words += (words.empty() ? "" : " ") + choice;
    return " -x -a " + fish_quoted(words);
  }
  if (option.kind == ValueKind::file) return " -r -F";
  if (option.kind == ValueKind::directory) return " -x -a '(__fish_complete_directories)'";
  return " -x";
}

/// `start` is `complete -c PROGRAM` with the condition under which the options of `command` are offered.
std::string of(const Command& command, const std::string& start) {
  std::string text;
  for (const Option& option : command.options) {
    text += start;
    for (const std::string& name : option.names)
      text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    text += fish_value(option) + " -d " + fish_quoted(option.help) + "\n";
  }
  for (const Option& argument : command.arguments)
    if (argument.kind == ValueKind::file) text += start + " -F\n";
  return text;
}

}  // namespace

std::string fish_completion(const std::string& program, const Command& command) {
  const std::string start = "complete -c " + program;
  std::string text = "# fish completion for " + program + ". Made from its options by reference/. Do not edit.\n";
  text += start + " -f\n";
  if (command.commands.empty()) return text + of(command, start);
  text += of(command, start + " -n __fish_use_subcommand");
  for (const Command& one : command.commands) {
    text += start + " -n __fish_use_subcommand -a " + one.name + " -d " + fish_quoted(one.description) + "\n";
    text += of(one, start + " -n " + fish_quoted("__fish_seen_subcommand_from " + one.name));
  }
  return text;
}

}  // namespace dotdiag::reference
