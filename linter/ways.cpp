#include "linter/ways.hpp"

#include "core/ephemeral/plan.hpp"
#include "core/ephemeral/ways.hpp"
#include "core/policy/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

std::string_view verdict_name(Way::Verdict verdict) {
  switch (verdict) {
    case Way::Verdict::open:
      return "open";
    case Way::Verdict::unknown:
      return "unknown";
    case Way::Verdict::closed:
      return "closed";
  }
  return "";
}

DebuggerChoices choices_for(const Policy& policy, const ContainerView& target, const Surroundings& surroundings) {
  DebuggerChoices choices;
  choices.debugger = policy.native.is_null() ? DebuggerKind::sdk : DebuggerKind::native;
  choices.container = std::string(target.name());
  choices.pod_security = surroundings.pod_security;
  return choices;
}

/// What the planner has against an open way besides: that the pod takes no debugger at all, or has a name that is none.
std::string planners_refusal(const Policy& policy, const PodView& pod, DebuggerChoices choices, DebugMode mode) {
  choices.mode = mode;
  const DebuggerPlan plan = plan_debugger(policy, pod.document(), pod.workload(), choices);
  if (plan.ready()) return {};
  return plan.refusal.empty() ? plan.unmet.front().message : plan.refusal;
}

std::string modes_of(const std::vector<WayReport>& ways, std::string_view verdict) {
  std::vector<std::string_view> modes;
  for (const WayReport& way : ways)
    if (way.verdict == verdict) modes.push_back(way.mode);
  return joined(modes);
}

}  // namespace

std::vector<WayReport> ways_to(const ContainerView& target, const PodView& pod, const Policy& policy,
                               const Surroundings& surroundings) {
  const DebuggerChoices choices = choices_for(policy, target, surroundings);
  std::vector<WayReport> reports;
  for (Way& way : judge_ways(policy, pod, target, choices)) {
    WayReport report{mode_name(way.mode), verdict_name(way.verdict), way.obstacle.reason, way.obstacle.remedy};
    if (way.is_open()) report.reason = planners_refusal(policy, pod, choices, way.mode);
    if (way.is_open() && !report.reason.empty()) report.verdict = verdict_name(Way::Verdict::closed);
    reports.push_back(std::move(report));
  }
  return reports;
}

std::string ways_in_short(const std::vector<WayReport>& ways) {
  if (const std::string open = modes_of(ways, "open"); !open.empty())
    return "; it can be reached all the same (" + open + ")";
  if (const std::string unknown = modes_of(ways, "unknown"); !unknown.empty())
    return "; who knows its user can reach it all the same (" + unknown + ")";
  return ways.empty() ? "" : "; nothing reaches it as it is";
}

}  // namespace dotdiag
