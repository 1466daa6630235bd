// What a live pod's status says about its containers.
#pragma once

#include "core/document/pod_view.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

/// How a container is. Where the pod has no status, or none for this container, it is unknown.
enum class ContainerState { unknown, waiting, running, terminated };

struct ContainerCondition {
  ContainerState state = ContainerState::unknown;
  std::string reason;                     ///< `CrashLoopBackOff`; empty where none is given
  std::string message;                    ///< what the kubelet says beside it; empty where it says nothing
  std::optional<std::int64_t> exit_code;  ///< of one that has terminated
};

/// True where the container waits for something that waiting does not bring. An image that cannot be pulled is none of
/// it: the kubelet tries again, at least every five minutes.
/// Source: kubernetes.io, Images, "ImagePullBackOff".
bool will_never_run(const ContainerCondition& condition);

/// The condition of the container called `name`, be it a regular, an init or an ephemeral one.
ContainerCondition condition_of(const PodView& pod, std::string_view name);

/// As whom a container runs, as its node has seen it.
struct UserInStatus {
  std::optional<std::int64_t> uid;
  std::optional<std::int64_t> gid;
};

/// The user that the kubelet says the container called `name` has: its image's own where the spec names none. Nothing
/// where the kubelet is too old to say (before Kubernetes 1.31).
UserInStatus user_in_status(const PodView& pod, std::string_view name);

/// The ephemeral containers that the pod has already.
std::vector<ContainerView> ephemeral_containers(const PodView& pod);

/// Why nothing can be added to this pod, whatever its spec says: it has ended, it is being deleted, or the kubelet runs
/// it from a file. Empty for others, and for templates.
std::string why_closed(const PodView& pod);

}  // namespace dotdiag
