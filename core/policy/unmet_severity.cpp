#include "core/policy/unmet_severity.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// True where a variable has to lead the runtime to a volume that is not where it looks by itself.
bool leads_elsewhere(const Requirement& requirement, const Unmet& unmet, const Policy& policy,
                     const Evaluation& evaluation) {
  const Requirement* directory = policy.find(text_member(requirement.parameters, "directoryOf"));
  if (directory == nullptr) return false;
  const auto& volumes = evaluation.volumes;
  return std::any_of(volumes.begin(), volumes.end(), [&](const SharedVolume& volume) {
    return volume.requirement == directory->id && volume.container == unmet.container &&
           volume.directory != text_member(directory->parameters, "mountPath");
  });
}

}  // namespace

Severity severity_of(const Unmet& unmet, const Policy& policy, const Evaluation& evaluation) {
  const Requirement& requirement = *policy.find(unmet.requirement);
  const bool is_contrary = unmet.is_conflict() && requirement.kind != "capability";
  if (is_contrary || leads_elsewhere(requirement, unmet, policy, evaluation)) return Severity::error;
  return requirement.severity;
}

}  // namespace dotdiag
