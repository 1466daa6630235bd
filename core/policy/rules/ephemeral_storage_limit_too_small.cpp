#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

/// The pod's limit is the sum of its containers' limits.
std::vector<Hazard> check(const Subject& subject) {
  std::int64_t storage = 0;
  for (const ContainerView& container : subject.pod.containers()) {
    if (const auto limit = limit_of(*container.json, "ephemeral-storage")) storage += limit->value();
  }
  if (storage == 0) return {};
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const auto memory = limit_of(*target.json, "memory");
    if (!memory || memory->value() <= storage) continue;
    hazards.push_back(
        {std::string(target.name()), target.path / "resources",
         "a dump of " + named(target) + " can exceed the pod's limit of " + Quantity::bytes(storage).text(),
         "raise it above " + memory->text()});
  }
  return hazards;
}

}  // namespace

const Rule ephemeral_storage_limit_too_small{
    "ephemeral-storage-limit-too-small",
    Severity::warning,
    "a dump can exceed the pod's limit of ephemeral storage",
    "What is written to an emptyDir on disk counts as ephemeral storage. The pod is evicted with \"Pod ephemeral local "
    "storage usage "
    "exceeds the total limit of containers\", and the dump is deleted with it.",
    "Raise the ephemeral-storage limit above the memory limit.",
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage",
    check,
};

}  // namespace dotdiag
