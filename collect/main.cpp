// dotdiag-collect: one command, one question to a .NET process.
#include "collect/command.hpp"
#include "collect/help.hpp"
#include "collect/interrupt.hpp"
#include "core/diagnostics/failure.hpp"

#include <algorithm>
#include <iostream>
#include <new>

namespace {

using namespace dotdiag::collect;

bool asks_for_help(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [](const auto& word) { return word == "--help" || word == "-h"; });
}

int run_command(const Command& command, const std::vector<std::string>& words) {
  if (asks_for_help(words)) {
    std::cout << command_help(command);
    return 0;
  }
  watch_for_interruption();
  return command.run(Arguments(words, command.options, command.most_words));
}

int run(const std::vector<std::string>& words) {
  if (words.empty()) throw Misuse("no command: see --help");
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    std::cout << program_help();
    return 0;
  }
  if (words[0] == "--version") {
    std::cout << "dotdiag-collect " DOTDIAG_VERSION "\n";
    return 0;
  }
  for (const Command& command : commands())
    if (command.name == words[0]) return run_command(command, {words.begin() + 1, words.end()});
  throw Misuse("unknown command '" + words[0] + "': see --help");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const int code = run({argv + 1, argv + argc});
    std::cout.flush();
    if (std::cout.good()) return code;
    std::cerr << "dotdiag-collect: standard output: cannot be written: make room or write elsewhere\n";
  } catch (const std::bad_alloc&) {
    std::cerr
        << "dotdiag-collect: out of memory: give this container more, or record with trace and convert elsewhere\n";
  } catch (const std::exception& error) {
    std::cerr << "dotdiag-collect: " << error.what() << '\n';
    if (const int code = interruption_code(); code != 0) return code;
  }
  return 2;
}
