// Plans the ephemeral container that reaches the .NET process in this very pod.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/policy.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

/// What a user may ask for.
struct DebuggerChoices {
  std::string container;                   ///< the target container; empty: chosen as targets.hpp says
  std::string image;                       ///< empty: the policy's
  std::optional<std::int64_t> target_uid;  ///< the user id the target runs as, where the pod does not say
};

/// An ephemeral container for a pod, or the reasons why none can work.
struct DebuggerPlan {
  Json container;                     ///< an EphemeralContainer: only fields that the API allows there
  std::string profile;                ///< the `kubectl debug --profile` that goes with it
  std::string pod;                    ///< the pod's name; empty where the input is a template
  std::string name_space;             ///< the pod's namespace; empty where unknown
  std::vector<std::string> warnings;  ///< what may still go wrong, each with what to do
  std::vector<Unmet> unmet;           ///< not empty: the pod is not ready, and `container` is null
  std::string refusal;                ///< not empty: why no ephemeral container can work at all (a Windows pod)
  bool ready() const { return refusal.empty() && unmet.empty(); }
};

/// Plans the debugger of `policy` for the pod (or the workload's pod template) in `document`.
/// The spec is what counts; the webhook's annotations are only hints. The container's name is the policy's, with `-2`,
/// `-3` ... where that is taken: existing ephemeral containers can be neither changed nor removed.
DebuggerPlan plan_debugger(const Policy& policy, const Json& document, const Workload& workload,
                           const DebuggerChoices& choices);

}  // namespace dotdiag
