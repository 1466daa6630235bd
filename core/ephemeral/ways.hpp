// Which ways lead from a debugger to the process in a container, as the pod is: tonight, without rolling it.
//
// A way is open where the pod has what it needs (readiness.hpp) and a user is known who is let in (debugger_user.hpp,
// native_user.hpp). Nothing but the spec is needed; a live pod's status adds whom the container runs as. The planner
// takes its mode from here, and whoever judges a manifest can ask the same.
#pragma once

#include "core/ephemeral/debugger_user.hpp"
#include "core/ephemeral/readiness.hpp"

#include <vector>

namespace dotdiag {

struct Way {
  enum class Verdict {
    open,     ///< it works
    unknown,  ///< it works once somebody says what the pod does not: `obstacle` says what
    closed,   ///< it does not work on this pod: `obstacle` says why, and what to change
  };
  DebugMode mode = DebugMode::tmp;
  Verdict verdict = Verdict::closed;
  Obstacle obstacle;    ///< empty where it is open
  Readiness readiness;  ///< the pod's part
  DebuggerUser user;    ///< the debugger's part
  bool is_open() const { return verdict == Verdict::open; }
};

/// Whom a way is to lead from and to. `evaluation` is the policy's over `pod`, for this target alone; `choices` name
/// the debugger, and what is known beside the pod. `choices.mode` does not count here.
struct Journey {
  const Policy& policy;
  const PodView& pod;
  const ContainerView& target;
  const Evaluation& evaluation;
  const DebuggerChoices& choices;
};

/// The verdict on one way. The debugger must be able to work in `mode` (debug_mode.hpp).
Way judge_way(const Journey& journey, DebugMode mode);

/// The verdicts on all ways that this debugger can take, the best first: open ones before unknown before closed ones;
/// of these a volume, which forgives a wrong group, then /proc, then a port, which the application must have been
/// given.
std::vector<Way> judge_ways(const Journey& journey);

/// The same for `target` as the manifest in `pod` has it, for those who have no evaluation at hand.
std::vector<Way> judge_ways(const Policy& policy, const PodView& pod, const ContainerView& target,
                            const DebuggerChoices& choices);

/// How the way is called in messages: `a volume of its socket`, `/proc`, `a diagnostic port`.
std::string_view way_name(DebugMode mode);

}  // namespace dotdiag
