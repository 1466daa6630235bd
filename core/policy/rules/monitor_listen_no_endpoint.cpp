#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

constexpr int first_with_shared_path = 7;

/// The socket to which the first target connects that connects to one.
std::string expected_socket(const std::vector<ContainerView>& watched) {
  for (const ContainerView& target : watched) {
    const RuntimePorts ports = runtime_ports(target);
    if (!ports.addresses.empty()) return ports.addresses.front();
  }
  return "/diag/dotnet-monitor.sock";
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    if (monitor.mode() != Monitor::Mode::listen || !monitor.endpoint().is_absent()) continue;
    const std::string socket = expected_socket(watched_by(monitor, subject));
    const bool has_default =
        parent_directory(socket) + "/dotnet-monitor.sock" == socket && !monitor.is_before(first_with_shared_path);
    hazards.push_back({std::string(monitor.container().name()), monitor.mode_at(),
                       monitor.subject() + " is to listen, but nothing says at which socket",
                       has_default ? "set DOTNETMONITOR_Storage__DefaultSharedPath=" + parent_directory(socket)
                                   : "set DOTNETMONITOR_DiagnosticPort__EndpointName=" + socket});
  }
  return hazards;
}

}  // namespace

const Rule monitor_listen_no_endpoint{
    "monitor-listen-no-endpoint",
    Severity::error,
    Rule::Scope::monitor,
    "a monitor in Listen mode has no socket to listen at",
    "dotnet-monitor ends at once with \"In 'Listen' mode, the diagnostic port endpoint name must be specified.\" "
    "From version 7 on, DefaultSharedPath is enough: the socket is dotnet-monitor.sock in that directory.",
    "Set DOTNETMONITOR_Storage__DefaultSharedPath to the shared directory, or "
    "DOTNETMONITOR_DiagnosticPort__EndpointName to the socket's path.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/configuration/diagnostic-port-configuration.md",
    check,
};

}  // namespace dotdiag
