#include "core/ephemeral/plan.hpp"

#include "core/ephemeral/debugger_container.hpp"
#include "core/ephemeral/pod_status.hpp"
#include "core/ephemeral/ways.hpp"
#include "core/policy/rules/measures.hpp"
#include "core/policy/targets.hpp"
#include "core/policy/words.hpp"

#include <algorithm>
#include <cassert>

namespace dotdiag {
namespace {

constexpr std::string_view name_characters = "abcdefghijklmnopqrstuvwxyz0123456789-";

/// True where the API server takes `name` as a DNS label (or, with `dots`, as labels with dots between them). The names
/// of real pods always are; a file may hold anything, and names go into commands.
bool is_dns_name(std::string_view name, bool dots) {
  const std::size_t longest = dots ? 253 : 63;
  if (name.empty() || name.size() > longest) return false;
  for (const auto label : dots ? split(name, '.') : std::vector<std::string_view>{name}) {
    const bool is_legal = !label.empty() && label.find_first_not_of(name_characters) == std::string_view::npos;
    if (!is_legal || label.front() == '-' || label.back() == '-') return false;
  }
  return true;
}

std::string why_illegal(const DebuggerPlan& plan) {
  if (!plan.pod.empty() && !is_dns_name(plan.pod, true)) return "its name is none that Kubernetes takes";
  if (!plan.name_space.empty() && !is_dns_name(plan.name_space, false))
    return "its namespace is none that Kubernetes takes";
  return {};
}

/// The containers to try: the user's choice, else those that the webhook was told of, as far as the pod has them.
Choices wanted_targets(const PodView& pod, const DebuggerChoices& choices) {
  Choices wanted;
  if (!choices.container.empty()) {
    wanted.containers = {choices.container};
    return wanted;
  }
  for (const auto name : split(pod.annotation(annotation::containers), ',')) {
    if (!name.empty() && pod.container(name)) wanted.containers.emplace_back(name);
  }
  return wanted;
}

/// The policy's verdict on one target: what other containers lack is none of this debugger's business.
Evaluation evaluate_one(const Policy& policy, const PodView& pod, const DebuggerChoices& choices) {
  Choices wanted = wanted_targets(pod, choices);
  Json copy = pod.document();
  Evaluation evaluation = evaluate({&policy}, copy, pod.workload(), wanted);
  if (!evaluation.invalid.empty() || evaluation.targets.size() == 1) return evaluation;

  const Pointer first = evaluation.targets.front();
  const std::string name(text_member(*value_at(pod.document(), first), "name"));
  wanted.containers = {name};
  copy = pod.document();
  evaluation = evaluate({&policy}, copy, pod.workload(), wanted);
  evaluation.warnings.push_back({{},
                                 "target-container",
                                 name,
                                 first,
                                 "several containers look like .NET; took `" + name + "`",
                                 "choose with --container"});
  return evaluation;
}

/// True where `there` has all that `wanted` says but the name. The API server adds defaults to what it stores.
bool does_the_same(const Json& there, const Json& wanted) {
  const auto& fields = wanted.items();
  return std::all_of(fields.begin(), fields.end(), [&](const auto& field) {
    const Json* stored = member(there, field.key());
    return field.key() == "name" || (stored != nullptr && same_document(*stored, field.value()));
  });
}

/// Whoever comes second to a pod may not need a second debugger.
void find_present_debugger(const Json& debugger, const PodView& pod, DebuggerPlan& plan) {
  const auto base = text_member(debugger, "name");
  for (const ContainerView& container : ephemeral_containers(pod)) {
    if (container.name().substr(0, base.size()) != base) continue;
    const ContainerCondition condition = condition_of(pod, container.name());
    const bool is_running = condition.state == ContainerState::running;
    const bool has_failed = condition.state == ContainerState::terminated || will_never_run(condition);
    if (!has_failed && does_the_same(*container.json, plan.container)) plan.present = container.name();
    if (is_running && plan.present.empty())
      plan.warnings.push_back("the debugger " + named(container) + " runs in this pod already; this is one more");
    if (is_running || !plan.present.empty()) return;
  }
}

/// Why the names in the pod cannot stand in a container that the API server takes.
std::string why_unusable(const ContainerView& target, const Readiness& readiness) {
  if (!is_dns_name(target.name(), false)) return "the target container has no name that Kubernetes takes";
  for (const SharedVolume& volume : readiness.volumes) {
    if (!is_dns_name(volume.volume, false)) return "the shared volume has no name that Kubernetes takes";
    if (volume.path.find(':') != std::string::npos || volume.path.empty() || volume.path.front() != '/')
      return "the shared volume's path is none that Kubernetes takes";
  }
  return {};
}

/// Why nothing leads to the target, each way in a line of its own. Where something is only unknown, that is the answer.
std::string why_closed_all(const ContainerView& target, const std::vector<Way>& ways) {
  if (ways.front().verdict == Way::Verdict::unknown) return ways.front().obstacle.text();
  std::string text = "nothing leads to " + named(target) + " as this pod is";
  for (const Way& way : ways) {
    if (way.mode != DebugMode::port) text += "\n  by " + std::string(way_name(way.mode)) + ": " + way.obstacle.text();
  }
  return text;
}

/// Makes one plan, step by step; each step that finds a reason against the pod ends it.
class Planner {
 public:
  Planner(const Policy& policy, const PodView& pod, const DebuggerChoices& choices)
      : policy_(policy), debugger_(description_of(policy, choices.debugger)), pod_(pod), choices_(choices) {
    assert(!choices.mode || can_work(policy, choices.debugger, *choices.mode));
  }

  DebuggerPlan plan() {
    plan_.mode = choices_.mode.value_or(mode_of(policy_));
    if (is_open() && chooses_target() && finds_way()) write();
    return std::move(plan_);
  }

 private:
  bool is_native() const { return choices_.debugger == DebuggerKind::native; }

  bool is_open() {
    const Workload& workload = pod_.workload();
    plan_.policy = policy_.name;
    plan_.debugger = choices_.debugger;
    if (workload.is_pod()) plan_.pod = workload.name;
    plan_.name_space = workload.name_space.empty() ? choices_.name_space : workload.name_space;
    const Json* present = member(pod_.spec(), "ephemeralContainers");
    if (present != nullptr && !present->is_array()) plan_.refusal = "ephemeralContainers is not a list";
    if (plan_.refusal.empty()) plan_.refusal = why_illegal(plan_);
    if (plan_.refusal.empty()) plan_.refusal = why_closed(pod_);
    return plan_.refusal.empty();
  }

  bool chooses_target() {
    evaluation_ = evaluate_one(policy_, pod_, choices_);
    plan_.refusal = evaluation_.invalid;
    if (!plan_.refusal.empty()) return false;
    target_.path = evaluation_.targets.front();
    target_.json = value_at(pod_.document(), target_.path);
    plan_.target = target_.name();
    return true;
  }

  bool finds_way() {
    const Journey journey{policy_, pod_, target_, evaluation_, choices_};
    if (is_native() && !choices_.mode) return finds_best_way(journey);
    way_ = judge_way(journey, plan_.mode);
    take_way();
    plan_.refusal = way_.readiness.refusal.text();
    if (!plan_.ready()) {
      plan_.offer = offer_other(journey);
    } else if (plan_.refusal = why_unusable(target_, way_.readiness); plan_.ready()) {
      plan_.refusal = way_.user.obstacle.text();
      take_user();
    }
    return plan_.ready();
  }

  bool finds_best_way(const Journey& journey) {
    std::vector<Way> ways = judge_ways(journey);
    const bool is_found = ways.front().is_open();
    if (!is_found) plan_.refusal = why_closed_all(target_, ways);
    way_ = std::move(ways.front());
    plan_.mode = way_.mode;
    take_way();
    // Diagnostics that are switched off close all ways: said as the linter would find it.
    if (!plan_.unmet.empty()) plan_.refusal.clear();
    if (is_found) plan_.refusal = why_unusable(target_, way_.readiness);
    if (is_found) take_user();
    return plan_.ready();
  }

  void take_way() {
    plan_.unmet = way_.readiness.unmet;
    plan_.warnings = way_.readiness.warnings;
  }

  void take_user() {
    if (!way_.user.warning.empty()) plan_.warnings.push_back(way_.user.warning);
  }

  void write() {
    const Readiness& readiness = way_.readiness;
    const ContainerDesign design{policy_, debugger_, way_.mode, pod_, target_, readiness, way_.user, choices_};
    plan_.container = write_container(design);
    plan_.profile = profile_for(design, plan_.container);
    plan_.sockets = sockets_seen(design);
    plan_.directory =
        readiness.volumes.empty() ? socket_directory(target_).value_or("/tmp") : readiness.volumes.front().directory;
    const auto mount = mount_at(pod_, *target_.json, plan_.directory);
    plan_.dump = advise_dump(pod_, target_, mount && mount->volume ? text_member(*mount->volume, "name") : "");
    if (pod_.workload().is_pod()) plan_.object = *value_at(pod_.document(), pod_.workload().object);
    plan_.costs = judge_costs({policy_, pod_, target_, evaluation_, choices_});
    plan_.has_tools = !choices_.image.empty();
    if (!readiness.port.empty()) plan_.process_options = {"--port=" + readiness.port};
    find_present_debugger(debugger_, pod_, plan_);
  }

  /// What a pod that lacks only shared things can do instead.
  std::string offer_other(const Journey& journey) const {
    if (is_native()) return offer_best(journey);
    const Way procroot = can_work(policy_, choices_.debugger, DebugMode::procroot) && plan_.mode != DebugMode::procroot
                             ? judge_way(journey, DebugMode::procroot)
                             : Way{};
    std::string offer = offer_procroot(procroot);
    if (!leads_native()) return offer;
    if (!procroot.is_open()) return "without a roll-out: --debugger native reaches it as it is";
    return offer + "; so does --debugger native, which installs nothing";
  }

  static std::string offer_procroot(const Way& way) {
    if (way.mode != DebugMode::procroot || !way.readiness.unmet.empty()) return {};
    if (!way.is_open()) return "without a roll-out: " + way.obstacle.text();
    const std::string offer = "without a roll-out: --mode procroot looks into the container through /proc, as ";
    if (way.user.uid != 0) return offer + "the target's user and group";
    const bool adds = !way.user.capabilities.empty();
    return offer + (adds ? "root with SYS_PTRACE, which Pod Security may refuse; with --target-uid and --target-gid it "
                           "does without"
                         : "root, which the target is");
  }

  /// True where dotdiag-collect would reach the process as the pod is.
  bool leads_native() const {
    if (policy_.native.is_null()) return false;
    DebuggerChoices other = choices_;
    other.debugger = DebuggerKind::native;
    return judge_ways({policy_, pod_, target_, evaluation_, other}).front().is_open();
  }

  static std::string offer_best(const Journey& journey) {
    const Way best = judge_ways(journey).front();
    if (!best.is_open()) return {};
    return "--mode " + std::string(mode_name(best.mode)) + " works, and is taken where no mode is asked for";
  }

  const Policy& policy_;
  const Json& debugger_;
  const PodView& pod_;
  const DebuggerChoices& choices_;
  Evaluation evaluation_;
  ContainerView target_;
  Way way_;
  DebuggerPlan plan_;
};

}  // namespace

std::string another_one(const DebuggerPlan& plan) {
  return "`" + plan.present + "` is in this pod already and does the same; this is one more";
}

DebuggerPlan plan_debugger(const Policy& policy, const Json& document, const Workload& workload,
                           const DebuggerChoices& choices) {
  const PodView pod(document, workload);
  return Planner(policy, pod, choices).plan();
}

}  // namespace dotdiag
