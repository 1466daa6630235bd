#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// The sockets at which the policies' debuggers will listen, in the target containers.
std::vector<VolumePlace> policy_sockets(const Subject& subject) {
  std::vector<VolumePlace> sockets;
  for (const Policy* policy : subject.policies) {
    for (const Requirement& requirement : policy->requirements) {
      if (requirement.kind != "diagnostic-port") continue;
      for (const SharedVolume& volume : subject.evaluation.volumes) {
        if (volume.requirement != text_member(requirement.parameters, "directoryOf")) continue;
        const std::string below = volume.directory.substr(volume.path.size());
        sockets.push_back({volume.volume, normal_path("/" + below + "/" +
                                                      std::string(text_member(requirement.parameters, "socket")))});
      }
    }
  }
  return sockets;
}

bool wants_monitor(const Policy& policy) {
  return std::any_of(policy.requirements.begin(), policy.requirements.end(),
                     [](const Requirement& requirement) { return requirement.kind == "diagnostic-port"; });
}

std::vector<Hazard> check(const Subject& subject) {
  const auto& policies = subject.policies;
  if (std::none_of(policies.begin(), policies.end(), [](const Policy* policy) { return wants_monitor(*policy); }))
    return {};
  const auto sockets = policy_sockets(subject);
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    const MonitorSetting endpoint = monitor.endpoint();
    const auto own = endpoint.is_known() ? place_of(subject.pod, monitor.container(), endpoint.value) : std::nullopt;
    const bool is_same = own && std::find(sockets.begin(), sockets.end(), *own) != sockets.end();
    hazards.push_back(
        {std::string(monitor.container().name()), monitor.container().path,
         monitor.subject() + (is_same ? " is a dotnet-monitor, and two fight over one socket"
                                      : " is a dotnet-monitor, and a second one may find port 52323 taken"),
         "use that one"});
  }
  return hazards;
}

}  // namespace

const Rule monitor_sidecar_present{
    "monitor-sidecar-present",
    Severity::warning,
    Rule::Scope::pod,
    "the pod has a dotnet-monitor of its own",
    "Two monitors that listen at one socket take it from each other: the later one deletes the earlier one's, "
    "which then reports \"Diagnostic port file at '/diag/dotnet-monitor.sock' was either deleted or moved while "
    "it was still being used.\" And all containers of a pod share one network: port 52323 is taken.",
    "Use the monitor that is there, or remove it and inject one when it is needed.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/configuration/diagnostic-port-configuration.md",
    check,
};

}  // namespace dotdiag
