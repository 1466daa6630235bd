// The volumes that targets share with a debugger, as they are in the pod: what the rules about their size look at.
#pragma once

#include "core/policy/rule.hpp"
#include "core/policy/rules/mounts.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dotdiag {

using VolumePlaces = std::map<std::string_view, std::size_t>;

/// The places of the pod's volumes, by name. For rules that look for many: PodView::volume goes through all of them.
inline VolumePlaces volume_places(const PodView& pod) {
  VolumePlaces places;
  std::size_t index = 0;
  for (const Json& volume : items_member(pod.spec(), "volumes"))
    places.emplace(text_member(volume, "name"), index++);
  return places;
}

/// A target container that writes its dumps to a volume.
struct VolumeUser {
  ContainerView container;
  bool has_sockets;  ///< its runtime keeps the default diagnostic socket there too
};

struct UsedVolume {
  const Json* volume;  ///< in the pod's volumes
  Pointer at;
  std::vector<VolumeUser> users;  ///< at least one, each once
  std::string name() const { return std::string(text_member(*volume, "name")); }
};

/// True where the requirement's directory is the one of the runtime's own choice, where its default socket is.
inline bool holds_sockets(const Subject& subject, std::string_view requirement) {
  for (const Policy* policy : subject.policies) {
    const Requirement* found = policy->find(requirement);
    if (found != nullptr && !text_member(found->parameters, "directoryFrom").empty()) return true;
  }
  return false;
}

/// Each shared volume that is in the pod. One that is only planned is not: the policy sees to its size.
inline std::vector<UsedVolume> used_volumes(const Subject& subject) {
  std::map<std::string_view, ContainerView> targets;
  for (const ContainerView& target : subject.targets())
    targets.emplace(target.name(), target);

  const auto& volumes = items_member(subject.pod.spec(), "volumes");
  const auto places = volume_places(subject.pod);
  std::vector<UsedVolume> used;
  std::map<std::string_view, std::size_t> used_at;
  using Use = std::pair<std::string_view, std::string_view>;  // of a volume by a container
  std::map<Use, std::size_t> user_at;
  for (const SharedVolume& shared : subject.evaluation.volumes) {
    const auto target = targets.find(shared.container);
    const auto place = places.find(shared.volume);
    if (place == places.end() || target == targets.end()) continue;
    const auto [found, is_first] = used_at.emplace(shared.volume, used.size());
    if (is_first) used.push_back({&volumes[place->second], subject.pod.spec_path() / "volumes" / place->second, {}});
    auto& users = used[found->second].users;
    const auto [user, is_new] = user_at.emplace(Use(shared.volume, shared.container), users.size());
    if (is_new) users.push_back({target->second, false});
    if (holds_sockets(subject, shared.requirement)) users[user->second].has_sockets = true;
  }
  return used;
}

/// The biggest memory limit among those who write to a volume.
struct MemoryLimit {
  std::string container;
  Quantity amount;
};

inline std::optional<MemoryLimit> largest_memory(const UsedVolume& used) {
  std::optional<MemoryLimit> largest;
  for (const VolumeUser& user : used.users) {
    const auto limit = limit_of(*user.container.json, "memory");
    if (!limit || limit->value() <= 0 || (largest && largest->amount.value() >= limit->value())) continue;
    largest = MemoryLimit{named(user.container), *limit};
  }
  return largest;
}

}  // namespace dotdiag
