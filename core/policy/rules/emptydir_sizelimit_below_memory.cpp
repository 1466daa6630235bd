#include "core/policy/opt_in.hpp"
#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/used_volumes.hpp"

namespace dotdiag {
namespace {

/// A full dump holds the memory in use and the files of all modules.
constexpr double barely_enough = 1.25;
constexpr double enough = 1.5;
/// Less is too little for a full dump of most services.
constexpr std::int64_t little = std::int64_t{1} << 30;

Hazard at_size_limit(const UsedVolume& used) {
  Hazard hazard;
  hazard.container = std::string(used.users.front().container.name());
  hazard.at = used.at / "emptyDir" / "sizeLimit";
  return hazard;
}

Hazard too_small(const Subject& subject, const UsedVolume& used, const Quantity& size, const MemoryLimit& memory) {
  const bool is_below = size.value() < memory.amount.value();
  const std::string wanted = memory.amount.scaled(enough).text();
  Hazard hazard = at_size_limit(used);
  hazard.message = "a dump of " + memory.container + " (" + memory.amount.text() + ") " +
                   (is_below ? "can outgrow" : "barely fits") + " `" + used.name() + "` (" + size.text() + ")";
  if (!is_below) hazard.severity = Severity::warning;
  if (subject.pod.annotation(annotation::size_limit).empty()) {
    hazard.remedy = "set sizeLimit " + wanted;
    hazard.fix.push_back(replaced(hazard.at, wanted));
  } else {
    hazard.remedy = "set " + std::string(annotation::size_limit) + ": " + wanted;
  }
  return hazard;
}

Hazard maybe_too_small(const UsedVolume& used, const Quantity& size) {
  Hazard hazard = at_size_limit(used);
  hazard.message = "a dump of " + named(used.users.front().container) + ", which has no memory limit, may outgrow `" +
                   used.name() + "` (" + size.text() + ")";
  hazard.remedy = "set sizeLimit to 1.5 times the memory that it uses";
  hazard.severity = Severity::note;
  return hazard;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const UsedVolume& used : used_volumes(subject)) {
    const auto size = quantity_at(*used.volume, Pointer{} / "emptyDir" / "sizeLimit");
    // The kubelet takes 0 for no limit. What is in memory is limited by that first.
    if (!size || size->value() <= 0 || is_in_memory(*used.volume)) continue;
    const auto memory = largest_memory(used);
    const auto bytes = static_cast<double>(size->value());
    if (memory && bytes < barely_enough * static_cast<double>(memory->amount.value())) {
      hazards.push_back(too_small(subject, used, *size, *memory));
    } else if (!memory && size->value() < little) {
      hazards.push_back(maybe_too_small(used, *size));
    }
  }
  return hazards;
}

}  // namespace

const Rule emptydir_sizelimit_below_memory{
    "emptydir-sizelimit-below-memory",
    Severity::error,
    Rule::Scope::pod,
    "a dump can outgrow the shared volume",
    "A full dump is as large as the memory in use, and a little more. A pod whose emptyDir exceeds its sizeLimit is "
    "evicted without a grace period (\"Usage of EmptyDir volume \"x\" exceeds the limit \"500Mi\"\"), and the dump is "
    "deleted with it. The kubelet looks every few seconds, so that may happen after the dump seemed complete.",
    "Set the volume's sizeLimit to 1.5 times the memory limit, or take a smaller dump (--type Heap or Mini).",
    "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
    check,
};

}  // namespace dotdiag
