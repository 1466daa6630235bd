// Which containers are to be made diagnosable.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/policy/opt_in.hpp"

#include <string>
#include <vector>

namespace dotdiag {

/// More targets than people have in one pod. Each is held against every volume and mount of all the others, so that
/// what is sent to a webhook must not be without a limit.
inline constexpr std::size_t most_targets = 100;

/// The target containers of a pod, and what a person should know about the choice.
struct Targets {
  std::vector<Pointer> containers;
  std::string warning;  ///< set where the choice was a guess
  std::string invalid;  ///< set where `dotdiag.io/containers` names one that is not there; `containers` is then empty
};

/// `choices.containers`, else the one that `kubectl.kubernetes.io/default-container` names, else the only one, else
/// those that look like .NET (dotnet_signs.hpp), else the first, with a
/// warning. Known sidecars (istio-proxy, linkerd-proxy, vault-agent ..., and dotnet-monitor) are never chosen unless
/// named; other native sidecars where they look like .NET.
Targets choose_targets(const PodView& pod, const Choices& choices);

/// The containers that may be the application, known sidecars among them: `containers`, and the native sidecars that
/// look like .NET.
std::vector<ContainerView> application_containers(const PodView& pod);

/// True where the container is dotnet-monitor, by its image.
bool is_dotnet_monitor(const ContainerView& container);

/// True where the container is a well-known sidecar, by name, or dotnet-monitor, in whatever image.
bool is_known_sidecar(const ContainerView& container);

}  // namespace dotdiag
