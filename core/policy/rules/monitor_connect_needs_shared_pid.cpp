#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    const auto watched = watched_by(monitor, subject);
    if (monitor.mode() != Monitor::Mode::connect || watched.empty()) continue;
    const Hindrance hindrance = hindrance_to_connecting(monitor, subject, watched);
    // Where the application waits for the monitor, monitor-mode-mismatch says what to do.
    if (hindrance == Hindrance::none || !awaited_at(monitor, subject, watched).empty()) continue;
    const std::string what = hindrance == Hindrance::processes ? "sees no processes but its own"
                                                               : "shares no /tmp with " + named_targets(watched);
    hazards.push_back({std::string(monitor.container().name()), monitor.mode_at(),
                       monitor.subject() + " is in Connect mode and " + what,
                       "set DOTNETMONITOR_DiagnosticPort__ConnectionMode=Listen"});
  }
  return hazards;
}

}  // namespace

const Rule monitor_connect_needs_shared_pid{
    "monitor-connect-needs-shared-pid",
    Severity::error,
    Rule::Scope::monitor,
    "a monitor in Connect mode cannot see the application",
    "In Connect mode, the default, dotnet-monitor looks in its own /tmp for the sockets of processes that it "
    "sees. In a pod it sees none, unless the process namespace is shared and so is the directory of the sockets: "
    "/processes is [], and requests are answered \"Unable to discover a target process.\"",
    "Use Listen mode (DOTNETMONITOR_DiagnosticPort__ConnectionMode=Listen), or set shareProcessNamespace: true "
    "and mount one volume at /tmp of both.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/configuration/diagnostic-port-configuration.md",
    check,
};

}  // namespace dotdiag
