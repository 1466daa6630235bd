// As whom dotdiag-collect runs: the target's twin, with nothing that the target has not.
//
// The kernel lets a process look at another one whose user and group it has and none of whose capabilities it lacks;
// the socket asks for the same user, or root with its default capabilities. So the twin reaches everything, and is as
// restricted as the target is: a target that is not root holds no capabilities, and its twin gives up all.
#pragma once

#include "core/ephemeral/debugger_user.hpp"

namespace dotdiag {

/// The user with which `mode` is open, or what stands in the way. Root where nobody knows the target is taken only over
/// a volume, where its default capabilities suffice, or where the namespace is known to allow SYS_PTRACE.
DebuggerUser choose_native_user(DebugMode mode, const PodView& pod, const ContainerView& target,
                                const DebuggerChoices& choices);

/// The securityContext that makes it so.
Json native_security_context(const DebuggerUser& user);

/// The `--profile` with which `kubectl debug` arrives at `context`, once the custom file is merged over it.
std::string native_kubectl_profile(const Json& context);

}  // namespace dotdiag
