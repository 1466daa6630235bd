#include "core/ephemeral/readiness.hpp"

#include "core/ephemeral/dump_risks.hpp"
#include "core/ephemeral/meeting_place.hpp"
#include "core/ephemeral/other_monitors.hpp"
#include "core/ephemeral/pod_status.hpp"
#include "core/policy/rules/mounts.hpp"
#include "core/policy/runtime_settings.hpp"

#include <algorithm>
#include <string_view>

namespace dotdiag {
namespace {

/// What an unmet requirement means for the debugger.
enum class Weight { rules_out, may_matter, does_not_matter };

class Judge {
 public:
  Judge(const Policy& policy, DebuggerKind kind, DebugMode mode, const PodView& pod, const ContainerView& target,
        const Evaluation& evaluation)
      : policy_(policy), kind_(kind), mode_(mode), pod_(pod), target_(target), evaluation_(evaluation) {}

  Readiness judge() {
    if (is_native()) {
      take_meeting_place();
      weigh_all();
      check_other_monitors();
    } else {
      follow_recipe();
    }
    check_condition();
    tell_hazards();
    return std::move(readiness_);
  }

 private:
  bool is_native() const { return kind_ == DebuggerKind::native; }

  void follow_recipe() {
    if (mode_ != DebugMode::procroot) find_volumes();
    weigh_all();
    if (mode_ == DebugMode::tmp || mode_ == DebugMode::port) check_socket_directory();
    if (mode_ == DebugMode::procroot) check_procroot();
    if (mode_ == DebugMode::listen) check_monitors();
  }

  void take_meeting_place() {
    MeetingPlace place = find_meeting_place(mode_, pod_, target_);
    readiness_.volumes = std::move(place.volumes);
    readiness_.port = std::move(place.port);
    readiness_.refusal = std::move(place.obstacle);
    readiness_.warnings = std::move(place.warnings);
  }

  const Unmet* unmet(std::string_view requirement) const {
    const auto found = std::find_if(evaluation_.unmet.begin(), evaluation_.unmet.end(),
                                    [&](const Unmet& one) { return one.requirement == requirement; });
    return found == evaluation_.unmet.end() ? nullptr : &*found;
  }

  const SharedVolume* volume_of(std::string_view requirement) const {
    const auto& volumes = readiness_.volumes;
    const auto found = std::find_if(volumes.begin(), volumes.end(),
                                    [&](const SharedVolume& one) { return one.requirement == requirement; });
    return found == volumes.end() ? nullptr : &*found;
  }

  /// The volumes that are there, not those that the policy would add.
  void find_volumes() {
    for (const Json& id : items_member(policy_.debugger, "mounts")) {
      const auto& requirement = id.get_ref<const std::string&>();
      if (unmet(requirement) == nullptr) {
        for (const SharedVolume& volume : evaluation_.volumes) {
          if (volume.requirement == requirement && volume.container == target_.name())
            readiness_.volumes.push_back(volume);
        }
      } else if (mode_ != DebugMode::listen) {
        take_any_volume(*policy_.find(requirement));
      }
    }
  }

  /// A volume that the policy would not choose, because other pods may write to it too, still serves this debugger.
  void take_any_volume(const Requirement& requirement) {
    const auto directory = socket_directory(target_);
    if (!directory || text_member(requirement.parameters, "directoryFrom").empty()) return;
    const auto mount = mount_at(pod_, *target_.json, *directory);
    if (!mount || !can_be_mounted_twice(*mount)) return;
    const std::string name(text_member(*mount->volume, "name"));
    readiness_.volumes.push_back({std::string(target_.name()), requirement.id, name, mount->path, *directory});
    if (auto warning = shared_with_others(*mount, *directory); !warning.empty())
      readiness_.warnings.push_back(std::move(warning));
  }

  /// dotdiag-collect has found its own place, and follows the runtime wherever it keeps its socket.
  bool is_of_recipe(const Requirement& requirement) const {
    const bool is_about_runtime = requirement.kind == "env" || requirement.kind == "capability";
    return !is_about_runtime || !text_member(requirement.parameters, "directoryOf").empty();
  }

  Weight weigh(const Requirement& requirement, const Unmet& one) const {
    if (is_native() && is_of_recipe(requirement)) return Weight::does_not_matter;
    const bool is_serious = one.is_conflict() || requirement.severity == Severity::error;
    if (requirement.kind == "process-namespace") {
      if (mode_ != DebugMode::tmp) return Weight::does_not_matter;
      const bool joins = policy_.debugger.value("targetsContainer", false);
      return joins ? Weight::may_matter : Weight::rules_out;
    }
    if (requirement.kind == "capability")
      return mode_ == DebugMode::procroot ? Weight::does_not_matter : Weight::may_matter;
    if (requirement.kind == "shared-volume") {
      if (mode_ == DebugMode::procroot || volume_of(requirement.id) != nullptr) return Weight::does_not_matter;
      return is_serious ? Weight::rules_out : Weight::may_matter;
    }
    if (requirement.kind == "diagnostic-port") {
      if (mode_ != DebugMode::listen) return Weight::does_not_matter;
      return waits_for_us(requirement) ? Weight::may_matter : Weight::rules_out;
    }
    // Nothing reads a variable whose value does not matter.
    if (text_member(requirement.parameters, "accept") == "any") return Weight::does_not_matter;
    const bool is_about_volume = !text_member(requirement.parameters, "directoryOf").empty();
    if (is_about_volume && mode_ == DebugMode::procroot) return Weight::does_not_matter;
    return is_serious ? Weight::rules_out : Weight::may_matter;
  }

  /// True where the application waits at start-up for the very monitor that is to be injected.
  bool waits_for_us(const Requirement& requirement) const {
    const SharedVolume* volume = volume_of(text_member(requirement.parameters, "directoryOf"));
    if (volume == nullptr) return false;
    const EnvValue value = env_value(*target_.json, "DOTNET_DiagnosticPorts");
    const std::string address = volume->directory + "/" + std::string(text_member(requirement.parameters, "socket"));
    const auto ports = parse_diagnostic_ports(value.value);
    return std::any_of(ports.begin(), ports.end(), [&](const auto& port) { return port.address == address; });
  }

  /// An unmet requirement as what it means for this debugger.
  std::string told(const Requirement& requirement, const Unmet& one) const {
    if (requirement.kind == "process-namespace")
      return "the pod shares no process namespace: the debugger joins that of " + named(target_);
    // The application's own child takes the dump, and seccomp profiles have let it since containerd 1.6.7.
    const std::string effect =
        requirement.kind == "capability" ? ", which a dump needs on nodes with containerd before 1.6.7" : "";
    return one.message + effect + " [" + one.requirement + "]";
  }

  void weigh_all() {
    std::vector<Unmet> mild;
    for (const Unmet& one : evaluation_.unmet) {
      const Requirement* requirement = policy_.find(one.requirement);
      const Weight weight = weigh(*requirement, one);
      if (weight == Weight::rules_out) readiness_.unmet.push_back(one);
      if (weight == Weight::may_matter) mild.push_back(one);
    }
    const bool is_ruled_out = !readiness_.unmet.empty();
    for (const Unmet& one : mild) {
      const bool is_namespace = policy_.find(one.requirement)->kind == "process-namespace";
      // Whoever mends the pod should mend this too; what is only recommended would hide what must be done.
      if (is_ruled_out && is_namespace) readiness_.unmet.insert(readiness_.unmet.begin(), one);
      if (is_ruled_out) continue;
      readiness_.warnings.push_back(told(*policy_.find(one.requirement), one));
    }
    for (const Warning& warning : evaluation_.warnings) {
      const Requirement* requirement = policy_.find(warning.requirement);
      const bool is_of_other = is_native() && requirement != nullptr && is_of_recipe(*requirement);
      if (!is_of_other) readiness_.warnings.push_back(warning.message + ": " + warning.remedy);
    }
  }

  /// A volume is of no use where the runtime puts its socket somewhere else.
  void check_socket_directory() {
    const auto directory = socket_directory(target_);
    for (const SharedVolume& volume : readiness_.volumes) {
      const bool holds_sockets = !text_member(policy_.find(volume.requirement)->parameters, "directoryFrom").empty();
      if (!holds_sockets || !directory || volume.directory == *directory || !readiness_.unmet.empty()) continue;
      readiness_.refusal = {named(target_) + " keeps its diagnostic socket in " + *directory +
                                ", and what it shares is " + volume.directory,
                            "set TMPDIR=" + volume.directory + " on it and roll the pods"};
    }
  }

  /// Nothing is shared, so the socket must be in the target's own file system.
  void check_procroot() {
    readiness_.refusal = why_no_socket(pod_, target_);
    if (!readiness_.refusal.empty()) return;
    if (!env_value(*target_.json, "TMPDIR").value.empty()) {
      readiness_.warnings.push_back(
          named(target_) +
          " sets TMPDIR, and tools from 10.0.7 on look there in their own file system: give them the socket's path "
          "with --diagnostic-port, as -o runbook does");
    }
  }

  void check_monitors() {
    for (const Requirement& requirement : policy_.requirements) {
      if (requirement.kind != "diagnostic-port") continue;
      const SharedVolume* volume = volume_of(text_member(requirement.parameters, "directoryOf"));
      if (volume == nullptr) continue;
      heed(find_other_monitors(pod_, *volume, text_member(requirement.parameters, "socket")));
    }
  }

  /// A monitor may hold the very port at which dotdiag-collect would listen.
  void check_other_monitors() {
    if (mode_ != DebugMode::listen || !readiness_.refusal.empty()) return;
    const std::string& port = readiness_.port;
    OtherMonitors others = find_other_monitors(pod_, readiness_.volumes.front(), port.substr(port.rfind('/') + 1));
    others.same_pod.clear();  // dotdiag-collect has no HTTP port that could be taken
    heed(others);
  }

  void heed(const OtherMonitors& others) {
    if (!others.same_endpoint.empty()) readiness_.refusal = {others.same_endpoint, ""};
    if (!others.same_pod.empty()) readiness_.warnings.push_back(others.same_pod);
  }

  void check_condition() {
    const ContainerCondition condition = condition_of(pod_, target_.name());
    if (condition.state == ContainerState::unknown || condition.state == ContainerState::running) return;
    readiness_.warnings.push_back(named(target_) + " is not running" +
                                  (condition.reason.empty() ? "" : " (" + condition.reason + ")") +
                                  ": there is no process to look at until it does");
  }

  /// What the rules see of that which a debugger meets in a pod that runs; to mend the manifest is for later.
  void tell_hazards() {
    for (const Fired& fired : dump_risks(policy_, kind_, pod_, target_, evaluation_)) {
      if (fired.severity() == Severity::note) continue;
      readiness_.warnings.push_back(fired.hazard.message + ": " + fired.hazard.remedy + " [" +
                                    std::string(fired.rule->id) + "]");
    }
  }

  const Policy& policy_;
  DebuggerKind kind_;
  DebugMode mode_;
  const PodView& pod_;
  const ContainerView& target_;
  const Evaluation& evaluation_;
  Readiness readiness_;
};

}  // namespace

Readiness judge_readiness(const Policy& policy, DebuggerKind kind, DebugMode mode, const PodView& pod,
                          const ContainerView& target, const Evaluation& evaluation) {
  return Judge(policy, kind, mode, pod, target, evaluation).judge();
}

}  // namespace dotdiag
