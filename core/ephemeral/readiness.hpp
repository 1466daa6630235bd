// Whether a debugger can work on this pod in a given mode, and over which volumes.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/ephemeral/debug_mode.hpp"
#include "core/ephemeral/obstacle.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/policy.hpp"

#include <string>
#include <vector>

namespace dotdiag {

/// Ready where `unmet` and `refusal` are empty.
struct Readiness {
  std::vector<Unmet> unmet;           ///< what the pod lacks, as dotdiag-lint would find it
  Obstacle refusal;                   ///< what stands in the way and is no requirement's business
  std::vector<std::string> warnings;  ///< what may still go wrong, each with what to do
  std::vector<SharedVolume> volumes;  ///< those that the debugger mounts, in the policy's order
  std::string port = {};              ///< where dotdiag-collect listens, in mode listen
  bool ready() const { return unmet.empty() && refusal.empty(); }
};

/// Judges `target` by what this debugger really needs in `mode`, which is less than what the policy prepares: a tool
/// can join the target's process namespace when it is injected, any volume at TMPDIR will do that can be mounted twice,
/// and a monitor wakes an application that waits for it. dotdiag-collect follows no recipe: any volume of the socket
/// will do, and any port. `evaluation` is the policy's over `pod`, for this target alone.
Readiness judge_readiness(const Policy& policy, DebuggerKind kind, DebugMode mode, const PodView& pod,
                          const ContainerView& target, const Evaluation& evaluation);

}  // namespace dotdiag
