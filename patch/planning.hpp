// Plans the debugger for a chosen pod, and looks for another way where the first is closed.
#pragma once

#include "core/ephemeral/plan.hpp"
#include "patch/choose.hpp"

namespace dotdiag {

/// The plan of `policy`. Where the pod lacks something, `offer` names another policy for which it is ready, or another
/// mode that works on it, if there is one.
DebuggerPlan plan_chosen(const PolicySet& policies, const Policy& policy, const Chosen& chosen,
                         const DebuggerChoices& choices);

}  // namespace dotdiag
