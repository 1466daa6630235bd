#include "reference/completion.hpp"

#include <algorithm>

// One function holds the table of the program, one finds out what stands at the cursor, and one puts that into bash's
// COMPREPLY, or prints it for kubectl.

namespace dotdiag::reference {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    text += (text.empty() ? "" : " ") + word;
  return text;
}

/// `words text json`, `file`: the kind, and the words where they are known.
std::string bash_value(const Option& option) {
  if (!option.choices.empty()) return "words " + joined(option.choices);
  switch (option.kind) {
    case ValueKind::file:
      return "file";
    case ValueKind::directory:
      return "directory";
    case ValueKind::kubectl:
      return "kubectl";
    default:
      return "text";
  }
}

std::string row(const std::string& key, const std::string& answer) {
  return "    " + quoted(key) + ") echo " + quoted(answer) + " ;;\n";
}

std::string rows(const std::string& command_name, const Command& command) {
  std::string text = row(command_name + " options", "words " + all_names(command));
  std::vector<std::string> commands;
  for (const Command& one : command.commands)
    commands.push_back(one.name);
  if (!commands.empty()) text += row(command_name + " argument", "words " + joined(commands));
  if (!command.arguments.empty()) text += row(command_name + " argument", bash_value(command.arguments.front()));
  for (const Option& option : command.options) {
    if (option.kind == ValueKind::none) continue;
    for (const std::string& name : option.names)
      text += row(command_name + " " + name, bash_value(option));
  }
  for (const Command& one : command.commands)
    text += rows(one.name, one);
  return text;
}

constexpr const char* lookup = R"bash(
# @FUNCTION@_known COMMAND WHAT: what can stand there: its kind, and the words where they are known. WHAT is an option
# whose value is wanted, or `options`, or `argument`. Prints nothing for an option that has no value.
@FUNCTION@_known() {
  case "$1 $2" in
@ROWS@  esac
}

# Of the words before the cursor: sets `command`, `kind` and `known` for the word at it, `current`; `before` is the word in front,
# and `handed_on` are the options among them that are kubectl's own.
@FUNCTION@_find() {
  local i word=''
  command='' before='' handed_on=()
  current=${COMP_WORDS[COMP_CWORD]}
  for ((i = 1; i < COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    # bash takes --format=json for three words.
    [[ $word == '=' ]] && continue
    if [[ -n $(@FUNCTION@_known "$command" "$before") && $before == -* ]]; then
      case $before in @HANDED_ON@) handed_on+=("$before" "$word") ;; esac
      before=''
      continue
    fi
    if [[ -z $command && $word != -* && -n $(@FUNCTION@_known "$word" options) ]]; then
      command=$word
      before=''
      continue
    fi
    before=$word
  done
  [[ $current == '=' ]] && current=''
  read -r kind known < <(if [[ $before == -* ]]; then @FUNCTION@_known "$command" "$before"; fi)
  [[ -n $kind ]] && return
  before=''
  if [[ $current == -* ]]; then
    read -r kind known < <(@FUNCTION@_known "$command" options)
  else
    read -r kind known < <(@FUNCTION@_known "$command" argument)
  fi
}
)bash";

constexpr const char* ask = R"bash(
# What kubectl itself would offer: for the value of its option `before`, or for a pod.
@FUNCTION@_ask_kubectl() {
  kubectl __complete get pods "${handed_on[@]}" ${before:+"$before"} "$current" 2>/dev/null | sed -e '/^:/d' -e 's/\t.*//'
}
)bash";

constexpr const char* into_bash = R"bash(
@FUNCTION@() {
  local current='' before='' command='' kind='' known='' handed_on=()
  @FUNCTION@_find
  COMPREPLY=()
  case $kind in
    words) mapfile -t COMPREPLY < <(compgen -W "$known" -- "$current") ;;
    kubectl) mapfile -t COMPREPLY < <(compgen -W "$(@FUNCTION@_ask_kubectl)" -- "$current") ;;
    file | directory)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(if [[ $kind == file ]]; then compgen -f -- "$current"; else compgen -d -- "$current"; fi)
      ;;
  esac
}
complete -F @FUNCTION@ @PROGRAM@
)bash";

constexpr const char* for_kubectl = R"bash(
# As bash would have them: --dry-run=server is three words there.
COMP_WORDS=(@PROGRAM@)
for word in "$@"; do
  case $word in
    --*=*) COMP_WORDS+=("${word%%=*}" '=' "${word#*=}") ;;
    *) COMP_WORDS+=("$word") ;;
  esac
done
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
@FUNCTION@_find
# 0: complete files; 16: directories; 4: these words and nothing else.
go_on=4
case $kind in
  words) compgen -W "$known" -- "$current" ;;
  kubectl) compgen -W "$(@FUNCTION@_ask_kubectl)" -- "$current" ;;
  file) go_on=0 ;;
  directory) go_on=16 ;;
esac
echo ":$go_on"
)bash";

/// The options that kubectl has too, as a pattern of `case`.
std::string handed_on(const Command& command) {
  std::vector<std::string> names = {"''"};
  for (const Command& one : command.commands)
    for (const Option& option : one.options)
      if (option.group.find("kubectl") != std::string::npos)
        names.insert(names.end(), option.names.begin(), option.names.end());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return replaced(joined(names), " ", " | ");
}

std::string filled(std::string text, const std::string& program, const Command& command) {
  std::string function = "_" + program;
  std::replace(function.begin(), function.end(), '-', '_');
  text = replaced(text, "@ROWS@", rows("", command));
  text = replaced(text, "@HANDED_ON@", handed_on(command));
  return replaced(replaced(text, "@FUNCTION@", function), "@PROGRAM@", program);
}

}  // namespace

std::string quoted(const std::string& text) {
  return "'" + replaced(text, "'", "'\\''") + "'";
}

std::string all_names(const Command& command) {
  std::string text;
  for (const Option& option : command.options)
    for (const std::string& name : option.names)
      text += (text.empty() ? "" : " ") + name;
  return text;
}

std::string bash_completion(const std::string& program, const Command& command) {
  const std::string head = "# bash completion for @PROGRAM@. Made from its options by reference/. Do not edit.\n";
  return filled(head + lookup + ask + into_bash, program, command);
}

std::string kubectl_completion(const std::string& program, const Command& command) {
  const std::string head =
      "#!/bin/bash\n# What kubectl's completion asks about @PROGRAM@. Made from its options by reference/. Do not "
      "edit.\n";
  return filled(head + lookup + ask + for_kubectl, program, command);
}

}  // namespace dotdiag::reference
