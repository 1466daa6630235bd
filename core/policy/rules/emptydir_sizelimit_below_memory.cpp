#include "core/policy/dump_size.hpp"
#include "core/policy/opt_in.hpp"
#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/used_volumes.hpp"

namespace dotdiag {
namespace {

/// Less is too little for a full dump of most services.
constexpr std::int64_t little = std::int64_t{1} << 30;

Hazard at_size_limit(const UsedVolume& used) {
  Hazard hazard;
  hazard.container = std::string(used.users.front().container.name());
  hazard.at = used.at / "emptyDir" / "sizeLimit";
  return hazard;
}

Hazard too_small(const Subject& subject, const UsedVolume& used, const Quantity& size, const MemoryLimit& memory) {
  const bool is_below = size.value() < heap_dump_size(memory.amount).value();
  const std::string wanted = recommended_room(memory.amount).text();
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
  hazard.remedy = "set sizeLimit to 1.5 times the memory that it uses and 256Mi";
  hazard.severity = Severity::note;
  return hazard;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const UsedVolume& used : subject.ask(used_volumes)) {
    const auto size = quantity_at(*used.volume, Pointer{} / "emptyDir" / "sizeLimit");
    // The kubelet takes 0 for no limit. What is in memory is limited by that first.
    if (!size || size->value() <= 0 || is_in_memory(*used.volume)) continue;
    const auto memory = largest_memory(used);
    if (memory && size->value() < full_dump_size(memory->amount).value()) {
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
    "A dump holds all memory that is committed, touched or not, every thread's stack (8 MiB) among it, and a full one "
    "the modules as well: of a process in 64Mi, Heap took 96 MiB and Full 136 MiB. A pod whose emptyDir exceeds its "
    "sizeLimit is evicted without a grace period (\"Usage of EmptyDir volume \"x\" exceeds the limit \"500Mi\"\"), and "
    "the dump is deleted with it: half a minute to two minutes after it seemed complete. The memory limit bounds "
    "only what is touched, so this rule's figures are rough.",
    "Set the volume's sizeLimit to 1.5 times the memory limit and 256Mi, or take a Mini dump. With .NET 8 and newer "
    "DOTNET_DbgDisablePagemapUse=0, set on the application before it starts, leaves untouched memory out.",
    "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
    check,
};

}  // namespace dotdiag
