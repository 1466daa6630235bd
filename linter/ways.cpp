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

/// The user that the image's sources name, where the pod names none.
void choose_user(const PodView& pod, const ContainerView& target, const ImageFacts& facts, DebuggerChoices& choices) {
  if (run_as_user(pod, *target.json)) return;
  choices.target_uid = facts.user;
  if (choices.target_uid) choices.target_gid = facts.group;
}

/// The pod with the variables that the image of `target` sets, and that nothing in the pod sets besides.
Json with_variables_of(const ImageFacts& facts, const PodView& pod, const ContainerView& target) {
  Json env = Json::array();
  for (const ImageFacts::Variable& variable : facts.variables) {
    const bool is_set = !env_value(*target.json, variable.name).is_absent();
    if (!is_set && !env_from_may_set(*target.json, variable.name))
      env.push_back(object_of({{"name", variable.name}, {"value", variable.value}}));
  }
  for (const Json& written : items_member(*target.json, "env"))
    env.push_back(written);
  Json document = pod.document();
  put_member(*value_at(document, target.path), "env", std::move(env));
  return document;
}

/// What to say to dotdiag-patch, which does not know the sources.
std::string options_of(const DebuggerChoices& choices) {
  if (!choices.target_uid) return {};
  std::string options = "with --target-uid " + std::to_string(*choices.target_uid);
  if (choices.target_gid) options += " --target-gid " + std::to_string(*choices.target_gid);
  return options + ", as the image's sources have it";
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

std::vector<WayReport> ways_to(const ContainerView& target, const PodView& pod, const Policy& policy,
                               const DebuggerChoices& choices) {
  std::vector<WayReport> reports;
  for (Way& way : judge_ways(policy, pod, target, choices)) {
    WayReport report{mode_name(way.mode), verdict_name(way.verdict), way.obstacle.reason, way.obstacle.remedy};
    if (way.is_open()) report.reason = planners_refusal(policy, pod, choices, way.mode);
    if (way.is_open() && !report.reason.empty()) {
      report.verdict = verdict_name(Way::Verdict::closed);
    } else if (way.is_open()) {
      report.remedy = options_of(choices);
    }
    reports.push_back(std::move(report));
  }
  return reports;
}

/// True where the same is said of the way in `ways`.
bool says(const std::vector<WayReport>& ways, const WayReport& another) {
  return std::any_of(ways.begin(), ways.end(),
                     [&](const WayReport& one) { return one.mode == another.mode && one.reason == another.reason; });
}

}  // namespace

std::vector<WayReport> ways_to(const ContainerView& target, const PodView& pod, const Policy& policy,
                               const Surroundings& surroundings, const KnownImages& images) {
  DebuggerChoices choices = choices_for(policy, target, surroundings);
  const auto facts = images.find(target.image());
  if (facts == images.end()) return ways_to(target, pod, policy, choices);
  choose_user(pod, target, facts->second, choices);
  const std::vector<WayReport> without = ways_to(target, pod, policy, choices);
  const Json document = with_variables_of(facts->second, pod, target);
  std::vector<WayReport> ways =
      ways_to({target.path, value_at(document, target.path)}, PodView(document, pod.workload()), policy, choices);
  for (WayReport& way : ways)
    if (!way.reason.empty() && !says(without, way)) way.reason += ", as its image has it (" + facts->second.where + ")";
  return ways;
}

std::string ways_in_short(const std::vector<WayReport>& ways) {
  if (const std::string open = modes_of(ways, "open"); !open.empty())
    return "; it can be reached all the same (" + open + ")";
  if (const std::string unknown = modes_of(ways, "unknown"); !unknown.empty())
    return "; who knows its user and group can reach it all the same (" + unknown + ")";
  return ways.empty() ? "" : "; nothing reaches it as it is";
}

}  // namespace dotdiag
