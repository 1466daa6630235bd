#include "core/policy/rules/diagnostic_ports.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

/// The address of a socket has 108 bytes, the last of which is zero: man 7 unix.
constexpr std::size_t longest_path = 107;
/// `/dotnet-diagnostic-1-12345-socket`, and what it is with ten digits for the process and twelve for its start time.
constexpr std::size_t shortest_name = 33;
constexpr std::size_t longest_name = 49;

std::string bytes(std::size_t count) {
  return std::to_string(count) + " bytes";
}

void judge_directory(const ContainerView& target, std::vector<Hazard>& hazards) {
  const EnvValue value = env_value(*target.json, "TMPDIR");
  const std::size_t length = normal_path(value.value).size();
  if (value.kind != EnvValue::Kind::literal || length + longest_name <= longest_path) return;
  const bool is_certain = length + shortest_name > longest_path;
  Hazard hazard =
      hazard_at(target, value.index,
                "TMPDIR of " + named(target) + " has " + bytes(length) + ", which " +
                    (is_certain ? "leaves" : "may leave") + " no room for the name of the diagnostic socket",
                "make it " + bytes(longest_path - longest_name) + " at most");
  if (!is_certain) hazard.severity = Severity::warning;
  hazards.push_back(std::move(hazard));
}

void judge_ports(const Subject& subject, std::vector<Hazard>& hazards) {
  for (const DiagnosticPorts& all : subject.ask(diagnostic_ports)) {
    for (const DiagnosticPort& port : all.ports) {
      if (port.address.size() <= longest_path) continue;
      hazards.push_back(hazard_at(all.container, all.setting.value.index,
                                  "an address in " + all.setting.variable + " of " + named(all.container) + " has " +
                                      bytes(port.address.size()),
                                  "make it " + bytes(longest_path) + " at most"));
    }
  }
}

void judge_monitors(const Subject& subject, std::vector<Hazard>& hazards) {
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    const MonitorSetting endpoint = monitor.endpoint();
    if (!endpoint.is_known() || endpoint.value.size() <= longest_path) continue;
    Hazard hazard;
    hazard.container = std::string(monitor.container().name());
    hazard.at = endpoint.at;
    hazard.message = "the socket of " + monitor.subject() + " has a path of " + bytes(endpoint.value.size());
    hazard.remedy = "make it " + bytes(longest_path) + " at most";
    hazards.push_back(std::move(hazard));
  }
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  if (subject.debugger != nullptr) {
    judge_directory(*subject.debugger, hazards);
  } else {
    for (const ContainerView& target : subject.targets())
      judge_directory(target, hazards);
    judge_ports(subject, hazards);
  }
  judge_monitors(subject, hazards);
  return hazards;
}

}  // namespace

const Rule diagnostic_socket_path_too_long{
    "diagnostic-socket-path-too-long",
    Severity::error,
    Rule::Scope::any,
    "the path of a diagnostic socket is longer than a socket's address can be",
    "Linux has 107 bytes for the path of a socket. The runtime puts dotnet-diagnostic-{pid}-{key}-socket into "
    "TMPDIR; where that does not fit there is no socket, and tools print \"The total length of the diagnostic "
    "socket path may exceed 108 characters. Try setting the TMPDIR environment variable to a shorter path.\"",
    "Use a short directory: /tmp, /diag.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
