#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

bool is_among(const std::vector<ContainerView>& containers, std::string_view name) {
  return std::any_of(containers.begin(), containers.end(),
                     [&](const ContainerView& container) { return container.name() == name; });
}

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto target = text_member(*debugger.json, "targetContainerName");
  // kubectl ignores it in a custom profile, and ec-custom-profile-forbidden says so.
  if (target.empty() || is_custom_profile(subject) || subject.pod.container(target)) return {};
  const Pointer at = debugger.path / "targetContainerName";
  const std::string name(target);
  if (is_among(subject.pod.init_containers(), target)) {
    return {{std::string(debugger.name()), at,
             named_debugger(debugger) + " is for the init container `" + name + "`, which has ended when the pod runs",
             "name a container that runs", Severity::warning}};
  }
  const auto& targets = subject.targets();
  return {{std::string(debugger.name()), at,
           named_debugger(debugger) + " is for a container `" + name + "`, which the pod does not have",
           targets.empty() ? "name one of its containers" : "set " + std::string(targets.front().name())}};
}

}  // namespace

const Rule ec_target_missing{
    "ec-target-missing",
    Severity::error,
    Rule::Scope::debugger,
    "the container that an ephemeral container is for is not in the pod",
    "With a targetContainerName that the pod does not have, the API server answers \"targetContainerName: Not "
    "found\". With one whose container is not running, the kubelet cannot find the process namespace to join, and "
    "the debugger does not start.",
    "Set targetContainerName to the name of a running container of the pod.",
    "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
    check,
};

}  // namespace dotdiag
