// Who the application runs as, as far as that is known: what a person says, else the pod's spec, else what the kubelet
// has seen.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/ephemeral/debugger_choices.hpp"
#include "core/ephemeral/obstacle.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

struct TargetUser {
  std::optional<std::int64_t> uid;  ///< nothing: only its image says
  std::optional<std::int64_t> gid;
  bool is_root() const { return uid == 0; }
  bool is_other_than_root() const { return uid && *uid != 0; }
};

/// Newer kubelets say in the status as whom a container runs, the image's own user included.
/// Source: kubernetes.io, Security Context, "Implicit group memberships"; `containerStatuses[].user.linux`, 1.31.
TargetUser target_user(const PodView& pod, const ContainerView& target, const DebuggerChoices& choices);

/// Why a debugger whose user nobody chose may not be root, by pod and namespace; empty where nothing says so.
std::string why_not_root(const PodView& pod, const ContainerView& target, PodSecurity level);

/// Why nobody but root reaches a root target, and root may not come; empty where it may.
Obstacle why_no_root_for(const PodView& pod, const ContainerView& target, PodSecurity level);

/// What the target adds, without the prefix that Kubernetes takes but does not ask for.
std::vector<std::string> capabilities_added_by(const ContainerView& target);

/// What root must add to be let into the /proc of a root target: what that adds, since a process with fewer
/// capabilities is refused; or SYS_PTRACE, which is let in everywhere.
std::vector<std::string> capabilities_to_match(const ContainerView& target);

/// Why the namespace refuses one of them; empty where it does not.
Obstacle why_refused(const std::vector<std::string>& capabilities, const ContainerView& target,
                     const DebuggerChoices& choices);

/// What mode procroot has to be told: the group, or the user and the group.
Obstacle unknown_group_of(const ContainerView& target);
Obstacle unknown_ids_of(const ContainerView& target);

/// What a debugger for a target that nobody knows is told to mind: root with SYS_PTRACE is let in everywhere.
std::string root_for_anybody(const ContainerView& target);

/// `the pod does not say which user `app` runs as`.
std::string unknown_user_of(const ContainerView& target);

/// How `id` is asked in the target: `kubectl exec POD -c app -- id -u`.
std::string ask_id(const ContainerView& target, const std::string& flag);

}  // namespace dotdiag
