#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/used_volumes.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// Where else the container could write a dump that a debugger can read: the path of another volume, on disk.
std::string path_on_disk(const PodView& pod, const VolumePlaces& places, const ContainerView& container) {
  const auto& volumes = items_member(pod.spec(), "volumes");
  const auto& mounts = items_member(*container.json, "volumeMounts");
  for (std::size_t index = 0; index < mounts.size(); ++index) {
    const auto place = places.find(text_member(mounts[index], "name"));
    if (place == places.end()) continue;
    const MountView mount{index, &mounts[index], &volumes[place->second],
                          normal_path(text_member(mounts[index], "mountPath"))};
    if (!is_in_memory(*mount.volume) && unfit(pod, mount).empty()) return mount.path;
  }
  return {};
}

std::vector<Hazard> check(const Subject& subject) {
  const VolumePlaces places = volume_places(subject.pod);
  std::vector<Hazard> hazards;
  for (const UsedVolume& used : subject.ask(used_volumes)) {
    if (!is_in_memory(*used.volume)) continue;
    const auto memory = largest_memory(used);
    const std::string container = memory ? memory->container : named(used.users.front().container);
    const std::string elsewhere = path_on_disk(subject.pod, places, used.users.front().container);
    Hazard hazard;
    hazard.container = std::string(used.users.front().container.name());
    hazard.at = used.at / "emptyDir" / "medium";
    hazard.message = "a dump in volume `" + used.name() + "` counts as memory of " + container +
                     (memory ? ", whose limit is " + memory->amount.text() : "");
    const std::string medium(text_member(used.volume->at("emptyDir"), "medium"));
    hazard.remedy = elsewhere.empty() ? "take medium: " + medium + " off" : "write dumps to " + elsewhere;
    if (memory && elsewhere.empty()) hazard.severity = Severity::error;
    if (elsewhere.empty()) hazard.fix.push_back(removed(hazard.at));
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule emptydir_memory_medium{
    "emptydir-memory-medium",
    Severity::warning,
    Rule::Scope::pod,
    "dumps go to a volume that is held in memory",
    "The pages of an emptyDir with medium Memory are charged to the container that writes them, and the dump is "
    "written by the application itself: one of the usual size gets the container OOMKilled (exit code 137), and the "
    "state that was to be seen is gone.",
    "Use an emptyDir on disk for the shared directory, or write dumps to another volume.",
    "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
    check,
};

}  // namespace dotdiag
