// Where a debugger finds the target's default diagnostic socket. For the rules about the debugger's mounts, of which
// only one is to speak.
#pragma once

#include "core/policy/monitor.hpp"
#include "core/policy/rules/debugging.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// The volume in which the target keeps its socket.
struct SocketMount {
  std::string target;  ///< the target's name, as messages write it
  std::string volume;
  std::string path;  ///< where the target mounts it
};

/// Nothing where there is no such volume (then the pod is at fault, not the debugger), where the debugger needs none,
/// or where another rule judges its mounts: monitors have rules of their own, and ec-volume-not-in-pod speaks alone.
inline std::optional<SocketMount> socket_mount(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto target = subject.debugger_target();
  if (!target || goes_through_proc(debugger) || !subject.ask(monitors_of).empty()) return std::nullopt;
  if (mounts_unknown_volume(subject.pod, debugger)) return std::nullopt;
  const auto directory = socket_directory(*target);
  const auto mount = directory ? mount_at(subject.pod, *target->json, *directory) : std::nullopt;
  const bool is_usable = mount && mount->volume != nullptr && sub_path_field(*mount).empty();
  if (!is_usable) return std::nullopt;
  return SocketMount{named(*target), std::string(text_member(*mount->mount, "name")), mount->path};
}

/// A mount of the debugger.
struct OwnMount {
  Pointer at;
  std::string path;
};

inline std::vector<OwnMount> mounts_of(const Debugger& debugger, std::string_view volume) {
  std::vector<OwnMount> mounts;
  std::size_t index = 0;
  for (const Json& mount : items_member(*debugger.json, "volumeMounts")) {
    const Pointer at = debugger.path / "volumeMounts" / index++;
    if (text_member(mount, "name") == volume) mounts.push_back({at, normal_path(text_member(mount, "mountPath"))});
  }
  return mounts;
}

}  // namespace dotdiag
