#include "core/ephemeral/costs.hpp"

#include "core/ephemeral/dump_risks.hpp"
#include "core/policy/rules/standstill.hpp"

namespace dotdiag {

Costs judge_costs(const Journey& journey) {
  Costs costs;
  costs.standstill_seconds = seconds_of_dump(journey.target);
  costs.patience_seconds = seconds_until_killed(journey.target);
  const auto limit = limit_of(*journey.target.json, "memory");
  if (limit && limit->value() > 0) {
    costs.memory_limit = limit;
    costs.heap_dump = heap_dump_size(*limit);
    costs.full_dump = full_dump_size(*limit);
  }
  for (const Fired& fired :
       dump_risks(journey.policy, journey.choices.debugger, journey.pod, journey.target, journey.evaluation)) {
    const Hazard& hazard = fired.hazard;
    costs.risks.push_back(
        {std::string(fired.rule->id), hazard.message, hazard.remedy, fired.severity() != Severity::note});
  }
  return costs;
}

}  // namespace dotdiag
