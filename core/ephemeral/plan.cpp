#include "core/ephemeral/plan.hpp"

#include "core/ephemeral/debugger_container.hpp"
#include "core/ephemeral/debugger_user.hpp"
#include "core/ephemeral/pod_status.hpp"
#include "core/ephemeral/readiness.hpp"
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
    return field.key() == "name" || (stored != nullptr && *stored == field.value());
  });
}

/// Whoever comes second to a pod may not need a second debugger.
void find_present_debugger(const Policy& policy, const PodView& pod, DebuggerPlan& plan) {
  const auto base = text_member(policy.debugger, "name");
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

/// Makes one plan, step by step; each step that finds a reason against the pod ends it.
class Planner {
 public:
  Planner(const Policy& policy, DebugMode mode, const PodView& pod, const DebuggerChoices& choices)
      : policy_(policy), mode_(mode), pod_(pod), choices_(choices) {
    assert(can_work(policy, mode));
  }

  DebuggerPlan plan() {
    if (is_open() && chooses_target() && is_ready() && knows_user()) write();
    return std::move(plan_);
  }

 private:
  bool is_open() {
    const Workload& workload = pod_.workload();
    plan_.policy = policy_.name;
    plan_.mode = mode_;
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

  bool is_ready() {
    readiness_ = judge_readiness(policy_, mode_, pod_, target_, evaluation_);
    plan_.unmet = readiness_.unmet;
    plan_.warnings = readiness_.warnings;
    plan_.refusal = readiness_.refusal;
    if (!plan_.ready()) {
      plan_.offer = offer_procroot();
    } else {
      plan_.refusal = why_unusable(target_, readiness_);
    }
    return plan_.ready();
  }

  bool knows_user() {
    user_ = choose_user(policy_, mode_, pod_, target_, choices_);
    plan_.refusal = user_.question;
    if (!user_.warning.empty()) plan_.warnings.push_back(user_.warning);
    return plan_.refusal.empty();
  }

  void write() {
    const ContainerDesign design{policy_, mode_, pod_, target_, readiness_, user_, choices_};
    plan_.container = write_container(design);
    plan_.profile = kubectl_profile(policy_, choices_, plan_.container.value("securityContext", Json::object()));
    plan_.sockets = sockets_seen(design);
    plan_.directory =
        readiness_.volumes.empty() ? socket_directory(target_).value_or("/tmp") : readiness_.volumes.front().directory;
    const auto mount = mount_at(pod_, *target_.json, plan_.directory);
    plan_.dump = advise_dump(pod_, target_, mount && mount->volume ? text_member(*mount->volume, "name") : "");
    if (pod_.workload().is_pod()) plan_.object = *value_at(pod_.document(), pod_.workload().object);
    plan_.has_tools = !choices_.image.empty();
    find_present_debugger(policy_, pod_, plan_);
  }

  /// What a pod that lacks only shared things can do instead: it may still be reached through /proc.
  std::string offer_procroot() const {
    if (mode_ == DebugMode::procroot || !can_work(policy_, DebugMode::procroot)) return {};
    const DebuggerPlan other = Planner(policy_, DebugMode::procroot, pod_, choices_).plan();
    if (!other.unmet.empty()) return {};
    if (!other.ready()) return "without a roll-out: " + other.refusal;
    const std::string way = "without a roll-out: --mode procroot looks into the container through /proc, as ";
    const Json context = other.container.value("securityContext", Json::object());
    if (context.value("runAsUser", -1) != 0) return way + "the target's user and group";
    const bool adds = context.contains("capabilities");
    return way + (adds ? "root with SYS_PTRACE, which Pod Security may refuse; with --target-uid and --target-gid it "
                         "does without"
                       : "root, which the target is");
  }

  const Policy& policy_;
  DebugMode mode_;
  const PodView& pod_;
  const DebuggerChoices& choices_;
  Evaluation evaluation_;
  ContainerView target_;
  Readiness readiness_;
  DebuggerUser user_;
  DebuggerPlan plan_;
};

}  // namespace

std::string another_one(const DebuggerPlan& plan) {
  return "`" + plan.present + "` is in this pod already and does the same; this is one more";
}

DebuggerPlan plan_debugger(const Policy& policy, const Json& document, const Workload& workload,
                           const DebuggerChoices& choices) {
  const PodView pod(document, workload);
  return Planner(policy, choices.mode.value_or(mode_of(policy)), pod, choices).plan();
}

}  // namespace dotdiag
