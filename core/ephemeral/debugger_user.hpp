// As whom the debugger runs, and with which capabilities.
//
// The runtime's socket is open to its own user alone (mode 0600); root gets past that with its default capabilities.
// Looking into /proc needs more: the same user and group and no fewer capabilities than the target has, or root with
// SYS_PTRACE. For the dump itself the debugger needs no capability: the application's own child takes it.
// So a debugger is the target's twin wherever the pod says who that is, and a question where guessing could fail.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/ephemeral/debugger_choices.hpp"
#include "core/ephemeral/obstacle.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

struct DebuggerUser {
  std::optional<std::int64_t> uid;  ///< nothing: the image's
  std::optional<std::int64_t> gid;
  std::vector<std::string> capabilities;  ///< what it adds beyond what its policy does
  bool is_restricted = false;             ///< as Pod Security restricted asks for, as far as its user allows
  Obstacle obstacle;                      ///< no user would do, or it must be known first who the target is
  std::string warning;                    ///< what may go wrong because something is not known
};

/// The user of the policy's own debugger.
DebuggerUser choose_user(const Policy& policy, DebugMode mode, const PodView& pod, const ContainerView& target,
                         const DebuggerChoices& choices);

/// The securityContext that makes it so; empty where the image's own will do.
Json security_context(const Policy& policy, const DebuggerUser& user);

/// The `--profile` with which `kubectl debug` arrives at `context`, once the custom file is merged over it.
std::string kubectl_profile(const Policy& policy, const DebuggerChoices& choices, const Json& context);

}  // namespace dotdiag
