// Directories in a volume that nobody creates: Kubernetes makes a mount point, and nothing below it.
#pragma once

#include "core/policy/rules/mounts.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace dotdiag {

/// True where the container starts with a command of its own that makes directories.
inline bool makes_directories(const ContainerView& container) {
  for (const char* field : {"command", "args"}) {
    const auto& words = items_member(*container.json, field);
    const bool found = std::any_of(words.begin(), words.end(), [](const Json& word) {
      const auto* text = word.get_ptr<const Json::string_t*>();
      return text != nullptr && (text->find("mkdir") != npos || text->find("install -d") != npos);
    });
    if (found) return true;
  }
  return false;
}

/// True where `container` mounts the volume that `mount` mounts.
inline bool has_same_volume(const ContainerView& container, const MountView& mount) {
  const auto& mounts = items_member(*container.json, "volumeMounts");
  return std::any_of(mounts.begin(), mounts.end(), [&](const Json& other) {
    return text_member(other, "name") == text_member(*mount.mount, "name");
  });
}

/// True where something is mounted below `directory`: its mount point is created, and all above it.
inline bool has_mount_below(const ContainerView& container, const std::string& directory) {
  const auto& mounts = items_member(*container.json, "volumeMounts");
  return std::any_of(mounts.begin(), mounts.end(), [&](const Json& mount) {
    return normal_path(text_member(mount, "mountPath")).starts_with(directory + "/");
  });
}

/// True where `directory`, which `mount` of `container` serves, is not there when the container starts, and nothing in
/// the manifest can have made it. Whoever runs before (init containers, native sidecars) and has the volume may have.
inline bool is_never_created(const PodView& pod, const ContainerView& container, const MountView& mount,
                             const std::string& directory) {
  const bool starts_empty = mount.volume != nullptr && belongs_to_one_pod(*mount.volume);
  if (directory == mount.path || !starts_empty) return false;
  if (makes_directories(container) || has_mount_below(container, directory)) return false;
  for (const auto* earlier : {&pod.init_containers(), &pod.native_sidecars()}) {
    for (const ContainerView& other : *earlier)
      if (other.path != container.path && has_same_volume(other, mount)) return false;
  }
  return true;
}

}  // namespace dotdiag
