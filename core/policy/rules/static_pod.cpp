#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  const auto at = static_pod_mark(subject.pod);
  if (!at) return {};
  Hazard hazard;
  hazard.at = *at;
  hazard.message = "this is a static pod, run by its kubelet alone, and those take no ephemeral container";
  hazard.remedy = "run it as a Deployment or DaemonSet";
  return {std::move(hazard)};
}

}  // namespace

const Rule static_pod{
    "static-pod",
    Severity::error,
    Rule::Scope::pod,
    "this is a static pod, and those take no ephemeral containers",
    "What the API server shows of a static pod is a mirror, and changing it changes nothing on the node. Adding an "
    "ephemeral container ends in \"static pods do not support ephemeral containers\".",
    "Run the workload as a Deployment or DaemonSet, or debug it from the node.",
    "https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/",
    check,
};

}  // namespace dotdiag
