#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

/// Ephemeral containers are on by default from the first, and cannot be off from the second.
constexpr Version beta{1, 23};
constexpr Version stable{1, 25};

std::vector<Hazard> check(const Subject& subject) {
  const auto& version = subject.surroundings.kubernetes;
  // A static pod takes none in newer versions either.
  if (!version || *version >= stable || static_pod_mark(subject.pod)) return {};
  const bool is_alpha = *version < beta;
  Hazard hazard;
  hazard.at = subject.pod.spec_path();
  hazard.message = "ephemeral containers are " + std::string(is_alpha ? "alpha, and off by default," : "beta") +
                   " in Kubernetes " + version->text();
  hazard.remedy = is_alpha ? "upgrade to 1.25" : "upgrade to 1.25, or see that they are not turned off";
  if (!is_alpha) hazard.severity = Severity::warning;
  return {std::move(hazard)};
}

}  // namespace

const Rule k8s_too_old{
    "k8s-too-old",
    Severity::error,
    Rule::Scope::pod,
    "the cluster is too old for ephemeral containers",
    "Ephemeral containers are on by default since Kubernetes 1.23 and stable since 1.25. Without them kubectl debug "
    "answers \"ephemeral containers are disabled for this cluster\". Older versions take another form of request, "
    "which dotdiag-patch does not write.",
    "Upgrade to Kubernetes 1.25 or newer.",
    "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
    check,
};

}  // namespace dotdiag
