#include "collect/help.hpp"

#include "collect/words.hpp"

namespace dotdiag::collect {
namespace {

std::string option_text(const Option& option) {
  std::string text = option.letter == '\0' ? "    " : std::string("-") + option.letter + ", ";
  text += "--" + std::string(option.name);
  if (!option.value.empty()) text += " " + std::string(option.value);
  return "  " + text;
}

constexpr const char* examples = R"(Examples:
  dotdiag-collect ps                              which .NET processes are there?
  dotdiag-collect heap --after 60s                who eats the memory?
  dotdiag-collect stacks                          why does it hang?
  dotdiag-collect trace -d 30s -o slow.nettrace   what is slow?
  dotdiag-collect counters                        how is it doing?
  dotdiag-collect dump -o - > app.dmp.zst         all of its memory, without a disk

Exit codes: 0 done, 1 done but not whole, 2 could not be done, or misuse, 130 interrupted.
)";

}  // namespace

std::string program_help() {
  std::vector<std::vector<std::string>> rows;
  for (const Command& command : commands())
    rows.push_back({"  " + std::string(command.name), std::string(command.summary)});
  return "Dumps, heaps, stacks, traces and counters of .NET processes, without .NET and without a disk.\n\n"
         "usage: dotdiag-collect COMMAND [OPTIONS]    (dotdiag-collect COMMAND --help says more)\n\n" +
         table(rows, {false, false}) + "\n" + examples;
}

std::string command_help(const Command& command) {
  std::vector<std::vector<std::string>> rows;
  for (const Option& option : command.options)
    rows.push_back({option_text(option), std::string(option.help)});
  rows.push_back({"  -h, --help", "Print this"});
  const std::string words = command.words.empty() ? "" : " " + std::string(command.words);
  const std::string details = command.details.empty() ? "" : "\n" + std::string(command.details) + "\n";
  return "usage: dotdiag-collect " + std::string(command.name) + " [OPTIONS]" + words + "\n\n" +
         std::string(command.summary) + "\n" + details + "\n" + table(rows, {false, false});
}

}  // namespace dotdiag::collect
