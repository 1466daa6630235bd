#include "collect/consent.hpp"

#include "core/diagnostics/failure.hpp"

#include <unistd.h>

#include <iostream>

namespace dotdiag::collect {

void ask_for_consent(const Arguments& arguments, const std::string& cost) {
  std::cerr << cost << '\n';
  if (arguments.has(yes_option.name)) return;
  using diagnostics::Failure, diagnostics::FailureKind;
  if (::isatty(STDIN_FILENO) == 0)
    throw Failure(FailureKind::unsuitable, "not done without consent: say --yes, or use a terminal");
  std::cerr << "Go on? [y/N] " << std::flush;
  std::string answer;
  if (!std::getline(std::cin, answer) || (answer != "y" && answer != "Y" && answer != "yes"))
    throw Failure(FailureKind::unsuitable, "not done, as you wish");
}

}  // namespace dotdiag::collect
