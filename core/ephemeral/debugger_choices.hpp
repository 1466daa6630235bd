// What a user may ask for, or know where the pod does not say.
#pragma once

#include "core/ephemeral/debug_mode.hpp"
#include "core/policy/surroundings.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace dotdiag {

struct DebuggerChoices {
  DebuggerKind debugger = DebuggerKind::sdk;
  std::string container;                            ///< the target container; empty: chosen as targets.hpp says
  std::string image;                                ///< empty: the policy's
  std::optional<std::int64_t> target_uid;           ///< the user id the target runs as; wins over the pod's
  std::optional<std::int64_t> target_gid;           ///< likewise its group id
  std::optional<DebugMode> mode;                    ///< nothing: the policy's; of `native` the best that is open
  PodSecurity pod_security = PodSecurity::unknown;  ///< what the pod's namespace enforces
  std::string name_space;                           ///< the pod's namespace, where the pod does not say

  /// True where Pod Security refuses SYS_PTRACE.
  bool forbids_ptrace() const {
    return pod_security == PodSecurity::baseline || pod_security == PodSecurity::restricted;
  }
};

}  // namespace dotdiag
