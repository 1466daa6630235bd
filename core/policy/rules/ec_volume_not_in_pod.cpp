#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>
#include <set>

namespace dotdiag {
namespace {

/// True where a policy would add the volume: the pod was only not prepared.
bool is_planned(const Subject& subject, std::string_view volume) {
  const auto& volumes = subject.evaluation.volumes;
  return std::any_of(volumes.begin(), volumes.end(),
                     [&](const SharedVolume& shared) { return shared.volume == volume; });
}

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  std::vector<Hazard> hazards;
  std::set<std::string_view> seen;
  std::size_t index = 0;
  for (const Json& mount : items_member(*debugger.json, "volumeMounts")) {
    const Pointer at = debugger.path / "volumeMounts" / index++ / "name";
    const auto name = text_member(mount, "name");
    if (name.empty() || !seen.insert(name).second || has_volume(subject.pod, name)) continue;
    hazards.push_back(
        {std::string(debugger.name()), at,
         named_debugger(debugger) + " mounts `" + std::string(name) + "`, a volume that the pod does not have",
         is_planned(subject, name) ? "prepare the workload and restart its pods" : "mount a volume of the pod"});
  }
  return hazards;
}

}  // namespace

const Rule ec_volume_not_in_pod{
    "ec-volume-not-in-pod",
    Severity::error,
    Rule::Scope::debugger,
    "an ephemeral container mounts a volume that the pod does not have",
    "Volumes cannot be added to a running pod, so the API server answers "
    "\"spec.ephemeralContainers[0].volumeMounts[0].name: Not found\". Most often the pod was created before the "
    "workload was prepared.",
    "Prepare the workload (dotdiag.io/inject) and restart its pods, or mount a volume that they have. On a pod "
    "that must not be restarted use targetContainerName and TMPDIR=/proc/1/root/tmp instead of a volume.",
    "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
    check,
};

}  // namespace dotdiag
