#include "core/policy/dump_size.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/used_volumes.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const UsedVolume& used : subject.ask(used_volumes)) {
    if (volume_source(*used.volume) != "emptyDir" || is_in_memory(*used.volume)) continue;
    const auto size = quantity_at(*used.volume, Pointer{} / "emptyDir" / "sizeLimit");
    if (size && size->value() > 0) continue;
    const auto memory = largest_memory(used);
    Hazard hazard;
    hazard.container = std::string(used.users.front().container.name());
    hazard.at = member(*used.volume, "emptyDir") == nullptr ? used.at : used.at / "emptyDir";
    hazard.message = "dumps in volume `" + used.name() + "` can fill the node's disk: it has no sizeLimit";
    hazard.remedy = "set sizeLimit " + (memory ? recommended_room(memory->amount).text()
                                               : "to 1.5 times the memory that is used and 256Mi");
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule emptydir_no_sizelimit{
    "emptydir-no-sizelimit",
    Severity::note,
    Rule::Scope::pod,
    "nothing limits the volume that dumps are written to",
    "Dumps that are left behind can fill the node's disk; under disk pressure the kubelet evicts pods, of other teams "
    "too. Some clusters have a policy that gives such volumes a small limit of its own, such as 100Mi, and then the "
    "first dump evicts the pod.",
    "Set a generous sizeLimit: 1.5 times the memory limit, and 256Mi for stacks and modules.",
    "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
    check,
};

}  // namespace dotdiag
