#include "patch/planning.hpp"

namespace dotdiag {

DebuggerPlan plan_chosen(const PolicySet& policies, const Policy& policy, const Chosen& chosen,
                         const DebuggerChoices& choices) {
  const auto plan_with = [&](const Policy& one) {
    return plan_debugger(one, chosen.document.root, chosen.workload, choices);
  };
  DebuggerPlan plan = plan_with(policy);
  if (plan.unmet.empty()) return plan;
  for (const Policy& other : policies.all()) {
    if (other.name == policy.name || !can_work(other, choices.debugger, choices.mode.value_or(mode_of(other))))
      continue;
    const DebuggerPlan another = plan_with(other);
    if (another.ready()) {
      plan.offer = "it is ready for --policy " + other.name;
      return plan;
    }
    if (plan.offer.empty() && !another.offer.empty()) plan.offer = "with --policy " + other.name + ": " + another.offer;
  }
  return plan;
}

}  // namespace dotdiag
