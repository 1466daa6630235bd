#include "patch/options.hpp"
#include "patch/run.hpp"

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
  try {
    dotdiag::PatchSettings settings;
    if (const auto code = dotdiag::parse_options(argc, argv, settings)) return *code;
    const int code = dotdiag::run(settings, std::cout, std::cerr);
    std::cout.flush();
    if (std::cout.good()) return code;
    std::cerr << "dotdiag-patch: standard output: cannot be written: make room or write elsewhere\n";
  } catch (const std::exception& error) {
    std::cerr << "dotdiag-patch: " << error.what() << '\n';
  }
  return 2;
}
