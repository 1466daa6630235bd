#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// The largest memory limit among the containers that share the volume with this name.
std::optional<Quantity> largest_memory(const Subject& subject, const std::string& volume) {
  std::optional<Quantity> largest;
  for (const SharedVolume& shared : subject.evaluation.volumes) {
    const auto container = subject.pod.container(shared.container);
    if (shared.volume != volume || !container) continue;
    const auto limit = limit_of(*container->json, "memory");
    if (limit && (!largest || limit->value() > largest->value())) largest = limit;
  }
  return largest;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  std::vector<std::string> seen;
  for (const SharedVolume& shared : subject.evaluation.volumes) {
    if (std::find(seen.begin(), seen.end(), shared.volume) != seen.end()) continue;
    seen.push_back(shared.volume);
    const Json* volume = volume_of(subject.pod, shared);
    const auto size = volume == nullptr ? std::nullopt : quantity_at(*volume, Pointer{} / "emptyDir" / "sizeLimit");
    const auto memory = largest_memory(subject, shared.volume);
    if (!size || !memory || size->value() >= memory->value()) continue;
    hazards.push_back({shared.container, subject.pod.spec_path() / "volumes",
                       "a dump of `" + shared.container + "` (" + memory->text() + ") can outgrow `" + shared.volume +
                           "` (" + size->text() + ")",
                       "set sizeLimit " + memory->scaled(1.5).text()});
  }
  return hazards;
}

}  // namespace

const Rule emptydir_sizelimit_below_memory{
    "emptydir-sizelimit-below-memory",
    Severity::error,
    "a dump can outgrow the shared volume",
    "A full dump is as large as the memory in use. A pod whose emptyDir exceeds its sizeLimit is evicted at once "
    "(\"Usage of "
    "EmptyDir volume exceeds the limit\"), and the dump is deleted with it.",
    "Set the volume's sizeLimit to 1.5 times the memory limit, or leave it out.",
    "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
    check,
};

}  // namespace dotdiag
