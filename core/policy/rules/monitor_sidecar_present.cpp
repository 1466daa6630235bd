#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/targets.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

bool wants_monitor(const Policy& policy) {
  return std::any_of(policy.requirements.begin(), policy.requirements.end(),
                     [](const Requirement& requirement) { return requirement.kind == "diagnostic-port"; });
}

std::vector<Hazard> check(const Subject& subject) {
  const auto& policies = subject.policies;
  if (std::none_of(policies.begin(), policies.end(), [](const Policy* policy) { return wants_monitor(*policy); }))
    return {};
  std::vector<Hazard> hazards;
  for (const auto& containers : {subject.pod.containers(), subject.pod.native_sidecars()}) {
    for (const ContainerView& container : containers) {
      if (!is_dotnet_monitor(container)) continue;
      hazards.push_back({std::string(container.name()), container.path,
                         named(container) + " is a dotnet-monitor, and two fight over one socket", "use that one"});
    }
  }
  return hazards;
}

}  // namespace

const Rule monitor_sidecar_present{
    "monitor-sidecar-present",
    Severity::warning,
    "the pod has a dotnet-monitor of its own",
    "Two monitors that listen at one socket take it from each other: the later one deletes the earlier one's, which "
    "then reports "
    "\"Diagnostic port file was either deleted or moved while it was still being used\".",
    "Use the monitor that is there, or remove it and inject one when it is needed.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/configuration/diagnostic-port-configuration.md",
    check,
};

}  // namespace dotdiag
