#include "core/policy/dump_size.hpp"
#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/storage_limit.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

const Pointer limit_path = Pointer{} / "resources" / "limits" / "ephemeral-storage";

std::optional<ContainerView> biggest(const std::vector<ContainerView>& targets) {
  std::optional<ContainerView> found;
  std::int64_t most = 0;
  for (const ContainerView& target : targets) {
    const auto memory = limit_of(*target.json, "memory");
    if (!memory || memory->value() <= most) continue;
    most = memory->value();
    found = target;
  }
  return found;
}

/// A claim of its own is not on the node's disk.
bool writes_to_claim(const Subject& subject, const ContainerView& target) {
  const auto& volumes = subject.evaluation.volumes;
  return std::any_of(volumes.begin(), volumes.end(), [&](const SharedVolume& shared) {
    const Json* volume = volume_of(subject.pod, shared);
    return shared.container == target.name() && volume != nullptr && volume_source(*volume) == "ephemeral";
  });
}

std::vector<Hazard> check(const Subject& subject) {
  const StorageLimit storage = storage_limit(subject.pod);
  const auto target = biggest(subject.targets());
  if (storage.set_by.empty() || !target || writes_to_claim(subject, *target)) return {};
  const auto memory = *limit_of(*target->json, "memory");
  if (heap_dump_size(memory).value() <= storage.amount) return {};

  const auto own = std::find_if(storage.set_by.begin(), storage.set_by.end(),
                                [&](const ContainerView& one) { return one.path == target->path; });
  const bool has_own = own != storage.set_by.end();
  const std::string wanted = recommended_room(memory).text();
  Hazard hazard;
  hazard.container = std::string(target->name());
  hazard.at = (has_own ? *own : storage.set_by.front()).path / limit_path;
  hazard.message = "a dump of " + named(*target) + " (" + memory.text() + ") can exceed the pod's ephemeral storage (" +
                   Quantity::bytes(storage.amount).text() + ")";
  hazard.remedy = "set the limit ephemeral-storage " + wanted + " in " + named(*target);
  if (has_own) hazard.fix.push_back(replaced(hazard.at, wanted));
  return {std::move(hazard)};
}

}  // namespace

const Rule ephemeral_storage_limit_too_small{
    "ephemeral-storage-limit-too-small",
    Severity::warning,
    Rule::Scope::pod,
    "a dump can exceed the pod's limit of ephemeral storage",
    "What is written to an emptyDir on disk counts as ephemeral storage. The pod is evicted with \"Pod ephemeral "
    "local storage usage exceeds the total limit of containers 1Gi\", and the dump is deleted with it.",
    "Raise the ephemeral-storage limit to 1.5 times the memory limit and 256Mi.",
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage",
    check,
};

}  // namespace dotdiag
