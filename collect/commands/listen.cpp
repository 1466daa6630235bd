// listen: waits for processes that connect by themselves (DOTNET_DiagnosticPorts), and says which came.
#include "collect/command.hpp"
#include "collect/interrupt.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/client.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/listening_port.hpp"

#include <iostream>

namespace dotdiag::collect {
namespace {

using diagnostics::Advertise;

/// Asks a runtime who it is and, where that was wished, lets it go on.
void greet(diagnostics::ListeningPort& port, const Advertise& runtime, bool resume) {
  std::cout << "pid " << runtime.pid << " inside";
  try {
    diagnostics::PortAddress address(port, runtime.cookie);
    diagnostics::Client client(address);
    const diagnostics::ProcessInfo info = client.process_info();
    std::cout << ", .NET " << (info.clr_version.empty() ? "5.0" : info.clr_version) << ": "
              << printable(info.command_line);
    if (resume) client.ask(diagnostics::resume_request());
    std::cout << (resume ? ": goes on" : "");
  } catch (const diagnostics::Failure& failure) {
    std::cout << ": " << printable(failure.what());
  }
  std::cout << std::endl;
}

int run(const Arguments& arguments) {
  if (arguments.positional().empty()) throw Misuse("where? name the path that DOTNET_DiagnosticPorts has");
  diagnostics::ListeningPort port(arguments.positional()[0]);
  const auto end = diagnostics::Deadline::in(std::chrono::seconds(arguments.seconds("for", 3600)));
  std::size_t known = 0;
  while (!is_interrupted() && !end.has_passed()) {
    const auto runtimes = port.wait_for_runtimes(known, diagnostics::Deadline::in(std::chrono::milliseconds(200)));
    for (; known < runtimes.size(); ++known)
      greet(port, runtimes[known], arguments.has("resume"));
  }
  return 0;
}

}  // namespace

Command listen_command() {
  return {"listen",
          "PATH",
          "wait for processes that connect by themselves, and list them",
          "For processes with DOTNET_DiagnosticPorts=PATH,nosuspend. Without nosuspend a process waits at its start "
          "until it is\n"
          "resumed: --resume does that for each. Other commands take --port PATH to work with such a process: `trace "
          "--port PATH`\n"
          "sees it from its start.",
          1,
          {{"resume", '\0', "", "Let each go on that waits at its start"},
           {"for", '\0', "TIME", "End after this time; default: 1h"}},
          run};
}

}  // namespace dotdiag::collect
