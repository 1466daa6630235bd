// Writes down the ephemeral container itself: only fields that the API allows there.
#pragma once

#include "core/ephemeral/debugger_user.hpp"
#include "core/ephemeral/plan.hpp"
#include "core/ephemeral/readiness.hpp"

#include <string>

namespace dotdiag {

/// Everything that decides about the container.
struct ContainerDesign {
  const Policy& policy;
  const Json& debugger;  ///< what the policy says of it
  DebugMode mode;
  const PodView& pod;
  const ContainerView& target;
  const Readiness& readiness;
  const DebuggerUser& user;
  const DebuggerChoices& choices;
};

/// The EphemeralContainer, its members in the order in which people write them.
Json write_container(const ContainerDesign& design);

/// The `--profile` with which `kubectl debug` arrives at `container`.
std::string profile_for(const ContainerDesign& design, const Json& container);

/// The directory of the target's sockets as the debugger sees it; `*` stands for a process that is not known yet.
std::string sockets_seen(const ContainerDesign& design);

}  // namespace dotdiag
