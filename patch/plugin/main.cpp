// kubectl-dotdiag: what `kubectl dotdiag` runs.
#include "patch/plugin/options.hpp"

#include <unistd.h>

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
  try {
    dotdiag::PluginLine line;
    if (const auto code = dotdiag::parse_options(argc, argv, line)) return *code;
    const dotdiag::Terminal terminal{std::cin, std::cout, std::cerr, ::isatty(STDIN_FILENO) != 0,
                                     ::isatty(STDERR_FILENO) != 0};
    const int code = line.command(line.settings, terminal);
    std::cout.flush();
    if (std::cout.good()) return code;
    std::cerr << dotdiag::plugin_prefix << "standard output: cannot be written: make room or write elsewhere\n";
  } catch (const std::exception& error) {
    std::cerr << dotdiag::plugin_prefix << error.what() << '\n';
  }
  return 2;
}
