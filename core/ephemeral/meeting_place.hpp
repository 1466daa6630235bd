// Where a debugger that is bound to no recipe meets the runtime: the volume of its socket, or that of a port to which
// it connects. What the pod has is what counts, whatever a policy would add.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/ephemeral/debug_mode.hpp"
#include "core/ephemeral/obstacle.hpp"
#include "core/policy/evaluate.hpp"

#include <string>
#include <vector>

namespace dotdiag {

struct MeetingPlace {
  std::vector<SharedVolume> volumes;  ///< what the debugger mounts; none in mode procroot
  std::string port;                   ///< in mode listen: the path at which the runtime looks for somebody
  Obstacle obstacle;                  ///< why there is no such place
  std::vector<std::string> warnings;
};

/// The place for `mode`, as the spec of the pod has it.
MeetingPlace find_meeting_place(DebugMode mode, const PodView& pod, const ContainerView& target);

/// True where an ephemeral container can mount what `mount` mounts, and both can write to it.
bool can_be_mounted_twice(const MountView& mount);

/// What to know of a volume that other pods may write to as well; empty for an emptyDir.
std::string shared_with_others(const MountView& mount, const std::string& directory);

/// Why the runtime can have no socket of its own in the target's file system; empty where it can.
Obstacle why_no_socket(const PodView& pod, const ContainerView& target);

}  // namespace dotdiag
