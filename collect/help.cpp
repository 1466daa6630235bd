#include "collect/help.hpp"

#include "collect/words.hpp"

namespace dotdiag::collect {
namespace {

/// `-o,--output FILE`, as the other programs' helps have it.
std::string option_text(const Option& option) {
  std::string text = "  ";
  if (option.letter != '\0') text += std::string("-") + option.letter + ",";
  text += "--" + std::string(option.name);
  if (!option.value.empty()) text += " " + std::string(option.value);
  return text;
}

std::vector<std::string> help_row() {
  return {"  -h,--help", "Print this help message and exit"};
}

}  // namespace

const char* const program_summary =
    "Dumps, heaps, stacks, traces and counters of .NET processes, without .NET and without a disk";

const char* const program_footer = R"(Examples:
  dotdiag-collect ps                              which .NET processes are there?
  dotdiag-collect heap --after 60s                who eats the memory?
  dotdiag-collect stacks                          why does it hang?
  dotdiag-collect trace -d 30s -o slow.nettrace   what is slow?
  dotdiag-collect counters                        how is it doing?
  dotdiag-collect dump -o - > app.dmp.zst         all of its memory, without a disk

Exit codes: 0 done, 1 done but not whole, 2 could not be done, or misuse, 130 interrupted.
)";

std::string program_help() {
  std::vector<std::vector<std::string>> rows;
  for (const Command& command : commands())
    rows.push_back({"  " + std::string(command.name), std::string(command.summary)});
  const std::vector<std::vector<std::string>> options = {help_row(), {"  --version", "Print the version and exit"}};
  return std::string(program_summary) + "\nUsage: dotdiag-collect [OPTIONS] COMMAND\n\nOptions:\n" +
         table(options, {false, false}) + "\nSubcommands:\n" + table(rows, {false, false}) + "\n" + program_footer;
}

std::string command_help(const Command& command) {
  std::vector<std::vector<std::string>> rows = {help_row()};
  for (const Option& option : command.options)
    rows.push_back({option_text(option), std::string(option.help)});
  const std::string words = command.words.empty() ? "" : " " + std::string(command.words);
  const std::string details = command.details.empty() ? "" : "\n" + std::string(command.details) + "\n";
  return std::string(command.summary) + "\nUsage: dotdiag-collect " + std::string(command.name) + " [OPTIONS]" + words +
         "\n\nOptions:\n" + table(rows, {false, false}) + details;
}

}  // namespace dotdiag::collect
