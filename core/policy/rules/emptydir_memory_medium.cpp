#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const SharedVolume& shared : subject.evaluation.volumes) {
    const Json* volume = volume_of(subject.pod, shared);
    const Json* source = volume == nullptr ? nullptr : member(*volume, "emptyDir");
    if (source == nullptr || text_member(*source, "medium") != "Memory") continue;
    hazards.push_back({shared.container, subject.pod.spec_path() / "volumes",
                       "a dump in volume `" + shared.volume + "` counts as memory of `" + shared.container + "`",
                       "take medium: Memory off"});
  }
  return hazards;
}

}  // namespace

const Rule emptydir_memory_medium{
    "emptydir-memory-medium",
    Severity::warning,
    "dumps go to a volume that is held in memory",
    "The pages of an emptyDir with medium Memory are charged to the container that writes them, and the dump is "
    "written by the "
    "application: taking one of the usual size gets the container OOMKilled.",
    "Use an emptyDir on disk for the shared directory.",
    "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
    check,
};

}  // namespace dotdiag
