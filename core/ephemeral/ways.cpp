#include "core/ephemeral/ways.hpp"

#include "core/ephemeral/native_user.hpp"
#include "core/policy/rules/mounts.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace dotdiag {
namespace {

/// The best first. `port` does no more than `tmp`, for nodes that cannot join process namespaces: nobody can know that
/// beforehand, so it comes last.
constexpr std::array<DebugMode, 4> by_preference = {DebugMode::tmp, DebugMode::procroot, DebugMode::listen,
                                                    DebugMode::port};

DebuggerUser user_for(const Journey& journey, DebugMode mode) {
  if (journey.choices.debugger == DebuggerKind::native)
    return choose_native_user(mode, journey.pod, journey.target, journey.choices);
  return choose_user(journey.policy, mode, journey.pod, journey.target, journey.choices);
}

/// A value that stands in the way before what is missing; a process namespace, which a debugger can join, last.
const Unmet& worst(const Policy& policy, const std::vector<Unmet>& unmet) {
  const auto rank = [&](const Unmet& one) {
    const Requirement* requirement = policy.find(one.requirement);
    return std::pair(!one.is_conflict(), requirement != nullptr && requirement->kind == "process-namespace");
  };
  return *std::min_element(unmet.begin(), unmet.end(),
                           [&](const Unmet& left, const Unmet& right) { return rank(left) < rank(right); });
}

Obstacle obstacle_of(const Policy& policy, const Way& way) {
  const std::vector<Unmet>& unmet = way.readiness.unmet;
  if (unmet.empty()) return way.readiness.refusal.empty() ? way.user.obstacle : way.readiness.refusal;
  const Unmet& one = worst(policy, unmet);
  return {one.message, one.remedy + (one.remedy.empty() ? "" : " and roll the pods")};
}

Way::Verdict verdict_of(const Obstacle& obstacle) {
  if (obstacle.empty()) return Way::Verdict::open;
  return obstacle.is_question ? Way::Verdict::unknown : Way::Verdict::closed;
}

/// True where other pods may keep their sockets in what the debugger would mount.
bool leads_through_crowd(const Journey& journey, const Way& way) {
  const auto& volumes = way.readiness.volumes;
  return std::any_of(volumes.begin(), volumes.end(), [&](const SharedVolume& shared) {
    const Json* volume = journey.pod.volume(shared.volume);
    return volume != nullptr && volume_source(*volume) != "emptyDir";
  });
}

}  // namespace

Way judge_way(const Journey& journey, DebugMode mode) {
  Way way;
  way.mode = mode;
  way.readiness =
      judge_readiness(journey.policy, journey.choices.debugger, mode, journey.pod, journey.target, journey.evaluation);
  way.user = user_for(journey, mode);
  way.obstacle = obstacle_of(journey.policy, way);
  way.verdict = verdict_of(way.obstacle);
  return way;
}

std::vector<Way> judge_ways(const Journey& journey) {
  std::vector<Way> ways;
  for (const DebugMode mode : by_preference) {
    if (can_work(journey.policy, journey.choices.debugger, mode)) ways.push_back(judge_way(journey, mode));
  }
  std::stable_sort(ways.begin(), ways.end(), [&](const Way& left, const Way& right) {
    const auto rank = [&](const Way& way) { return std::tuple(way.verdict, leads_through_crowd(journey, way)); };
    return rank(left) < rank(right);
  });
  return ways;
}

std::vector<Way> judge_ways(const Policy& policy, const PodView& pod, const ContainerView& target,
                            const DebuggerChoices& choices) {
  Choices wanted;
  wanted.containers = {std::string(target.name())};
  Json copy = pod.document();
  const Evaluation evaluation = evaluate({&policy}, copy, pod.workload(), wanted);
  std::vector<Way> ways = judge_ways({policy, pod, target, evaluation, choices});
  if (evaluation.invalid.empty()) return ways;
  for (Way& way : ways) {
    way.verdict = Way::Verdict::closed;
    way.obstacle = {evaluation.invalid, ""};
  }
  return ways;
}

std::string_view way_name(DebugMode mode) {
  constexpr std::array<std::string_view, 4> names = {"a volume of its socket", "the socket's path in a volume",
                                                     "a diagnostic port", "/proc"};
  return names[static_cast<std::size_t>(mode)];
}

}  // namespace dotdiag
