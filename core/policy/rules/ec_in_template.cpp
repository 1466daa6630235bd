#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

/// True for a pod that was read from a cluster. `kubectl create --dry-run` writes an empty status.
bool is_live(const PodView& pod) {
  const Workload& workload = pod.workload();
  if (!workload.is_pod()) return false;
  const Json* uid = value_at(pod.document(), workload.object / "metadata" / "uid");
  const Json* status = value_at(pod.document(), workload.object / "status");
  return (uid != nullptr && uid->is_string()) || (status != nullptr && status->is_object() && !status->empty());
}

std::vector<Hazard> check(const Subject& subject) {
  const auto& debuggers = items_member(subject.pod.spec(), "ephemeralContainers");
  if (debuggers.empty() || is_live(subject.pod)) return {};
  Hazard hazard;
  hazard.at = subject.pod.spec_path() / "ephemeralContainers";
  hazard.message = std::string("the API server refuses ephemeral containers in ") +
                   (subject.pod.workload().is_pod() ? "a pod that is to be created" : "a pod template");
  hazard.remedy = "inject them while the pod runs";
  hazard.fix.push_back(removed(hazard.at));
  return {std::move(hazard)};
}

}  // namespace

const Rule ec_in_template{
    "ec-in-template",
    Severity::error,
    Rule::Scope::pod,
    "ephemeral containers are written where pods are created",
    "Ephemeral containers can only be added to a pod that runs, through its subresource ephemeralcontainers. "
    "Elsewhere the API server answers \"spec.ephemeralContainers: Forbidden: cannot be set on create\" or \"ephemeral "
    "containers not allowed in pod template\".",
    "Take them out of the manifest, and apply them as a patch when they are needed: dotdiag-patch writes it.",
    "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
    check,
};

}  // namespace dotdiag
