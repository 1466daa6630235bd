#include "core/policy/rules/diagnostic_ports.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

/// `value` with `,nosuspend` behind each port that has no tag about it.
std::string with_nosuspend(std::string_view value) {
  std::string text;
  for (;;) {
    const auto port = value.substr(0, value.find(';'));
    const auto parsed = parse_diagnostic_ports(port);
    text += port;
    if (!parsed.empty() && parsed.front().suspends) text += ",nosuspend";
    if (port.size() == value.size()) return text;
    text += ';';
    value.remove_prefix(port.size() + 1);
  }
}

/// True where a port is to suspend in so many words. Then its author wants that.
bool asks_to_suspend(std::string_view value) {
  const auto ports = parse_diagnostic_ports(with_nosuspend(value));
  return std::any_of(ports.begin(), ports.end(), [](const DiagnosticPort& port) { return port.suspends; });
}

/// True where `,nosuspend` is all that the variable needs, and it can be written there.
bool is_mendable(const DiagnosticPorts& all) {
  const std::string& value = all.setting.value.value;
  return is_written_out(all.container, all.setting) && is_faultless(value) && !asks_to_suspend(value);
}

Hazard hazard_of(const Subject& subject, const DiagnosticPorts& all, const DiagnosticPort& port) {
  const std::string listener = listener_at(subject, all.container, port.address);
  const std::string message = named(all.container) + " waits at start-up for a monitor at " + shown(port.address);
  const bool is_meant = asks_to_suspend(all.setting.value.value);
  Hazard hazard = hazard_at(all.container, all.setting.value.index, message,
                            is_meant ? "replace suspend by nosuspend" : "append ,nosuspend");
  hazard.instead_of = unmet_port(subject, all.container, port.address);
  if (!listener.empty()) {
    hazard.severity = is_meant ? Severity::note : Severity::warning;
    hazard.message += ": without `" + listener + "` it never starts";
  } else if (is_mendable(all)) {
    hazard.fix = {with_value(all.container, all.setting, with_nosuspend(all.setting.value.value))};
  }
  return hazard;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const DiagnosticPorts& all : subject.ask(diagnostic_ports)) {
    for (const DiagnosticPort& port : all.ports) {
      // What is written wrong is said by another rule, and a port that listens is ignored.
      if (!port.suspends || port.listens || !fault_of(port).empty()) continue;
      hazards.push_back(hazard_of(subject, all, port));
    }
  }
  return hazards;
}

}  // namespace

const Rule diagnostic_port_suspends{
    "diagnostic-port-suspends",
    Severity::error,
    Rule::Scope::pod,
    "the runtime waits at start-up for a monitor that is not there yet",
    "A port suspends unless its tags say nosuspend. The application prints \"The runtime has been configured to "
    "pause during startup and is awaiting a Diagnostics IPC ResumeStartup command from a Diagnostic Port\" and "
    "waits for ever: a monitor that is injected later never comes in time.",
    "Append ,nosuspend to the address. Where a dotnet-monitor runs beside the application the pod starts, but not "
    "without it.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
