// resume: lets a runtime go on that was told to wait at its start.
#include "collect/command.hpp"
#include "collect/target.hpp"

#include <iostream>

namespace dotdiag::collect {
namespace {

int run(const Arguments& arguments) {
  Target target(arguments);
  target.client().ask(diagnostics::resume_request());
  std::cerr << target.title() << ": goes on\n";
  return 0;
}

}  // namespace

Command resume_command() {
  return {"resume",
          "",
          "let a process go on that waits at its start (DOTNET_DefaultDiagnosticPortSuspend=1)",
          "One that waits because of DOTNET_DiagnosticPorts can only be resumed through that port.",
          0,
          with_target({}),
          run};
}

}  // namespace dotdiag::collect
