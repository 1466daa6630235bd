#include "core/ephemeral/debugger_user.hpp"

#include "core/ephemeral/target_user.hpp"
#include "core/policy/rules/debugging.hpp"

#include <algorithm>
#include <string_view>

namespace dotdiag {
namespace {

constexpr std::string_view ptrace = "SYS_PTRACE";

bool contains(const Json::array_t& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool policy_adds(const Policy& policy, std::string_view capability) {
  return contains(items_member(policy.debugger, "capabilities"), capability);
}

/// Chooses step by step; later steps see what earlier ones found.
class Choice {
 public:
  Choice(const Policy& policy, DebugMode mode, const PodView& pod, const ContainerView& target,
         const DebuggerChoices& choices)
      : policy_(policy), mode_(mode), pod_(pod), target_(target), choices_(choices) {}

  DebuggerUser choose() {
    const TargetUser known = target_user(pod_, target_, choices_);
    user_.uid = known.uid;
    user_.gid = known.gid;
    if (mode_ == DebugMode::procroot) {
      choose_for_procroot();
    } else {
      choose_for_volume();
    }
    const bool must_be_restricted = policy_is_restricted() || choices_.pod_security == PodSecurity::restricted;
    // Where the target gives up its capabilities, its namespace may demand that of all.
    user_.is_restricted = must_be_restricted || (is_other_than_root() && drops_all(target_));
    return std::move(user_);
  }

 private:
  bool is_other_than_root() const { return user_.uid && *user_.uid != 0; }
  bool policy_is_restricted() const { return policy_.debugger.value("restricted", false); }

  /// The same, where the policy forbids root for a namespace that nobody knows.
  std::string why_not_root_here() const {
    if (auto why = why_not_root(pod_, target_, choices_.pod_security); !why.empty()) return why;
    if (policy_is_restricted() && choices_.pod_security == PodSecurity::unknown)
      return "Pod Security restricted, for which policy " + policy_.name +
             " is made, forbids root (baseline does not: then pass --pod-security baseline)";
    return {};
  }

  void choose_for_volume() {
    // Over the volume root reaches every target. SYS_PTRACE only shows it the /proc of a root target that has it, too:
    // to other users it gives nothing, and is added because the policy's recipe does.
    const bool target_traces = adds_capability(*target_.json, ptrace) || is_privileged(target_);
    const bool traces = mode_ != DebugMode::listen && target_traces && !choices_.forbids_ptrace() &&
                        (policy_adds(policy_, ptrace) || !is_other_than_root());
    if (traces) user_.capabilities.emplace_back(ptrace);
    if (user_.uid == 0 && mode_ != DebugMode::listen)
      user_.obstacle = why_no_root_for(pod_, target_, choices_.pod_security);
    if (user_.uid) return;
    user_.gid.reset();
    if (const std::string why = why_not_root_here(); !why.empty()) {
      user_.obstacle = {why + ", and " + unknown_user_of(target_),
                        "pass --target-uid (the images' `app` user is 1654; " + ask_id(target_, " -u") + ")", true};
    } else if (mode_ == DebugMode::listen) {
      user_.warning = unknown_user_of(target_) +
                      ", and dotnet-monitor's image runs as 1654: if it lists no process or cannot "
                      "read a dump, pass --target-uid (0 for root)";
    } else {
      user_.warning = unknown_user_of(target_) + ": if the tool finds no process, pass --target-uid";
    }
  }

  /// The target's own user and group need nothing else where it is not root: such a process has no capabilities, unless
  /// its file gives it some. Source: ptrace(2), "Ptrace access mode checking".
  void choose_for_procroot() {
    if (!user_.uid) {
      choose_for_anybody();
    } else if (*user_.uid == 0) {
      choose_for_root();
    } else if (!user_.gid) {
      user_.obstacle = unknown_group_of(target_);
    }
  }

  /// A process with fewer capabilities than the target's is not let in, so root is given what the target adds.
  void choose_for_root() {
    user_.gid = user_.gid.value_or(0);
    user_.capabilities = capabilities_to_match(target_);
    user_.obstacle = why_no_root_for(pod_, target_, choices_.pod_security);
    if (user_.obstacle.empty()) user_.obstacle = why_refused(user_.capabilities, target_, choices_);
  }

  /// Nobody knows who the target is. Root with SYS_PTRACE is let in everywhere.
  void choose_for_anybody() {
    std::string why = why_not_root_here();
    if (why.empty() && choices_.forbids_ptrace()) why = "the namespace's Pod Security refuses SYS_PTRACE";
    if (why.empty() && !policy_adds(policy_, ptrace)) why = "policy " + policy_.name + " does without SYS_PTRACE";
    if (!why.empty()) {
      user_.obstacle = unknown_ids_of(target_);
      user_.obstacle.reason += ", and as " + why + " it cannot do without";
      return;
    }
    user_.uid = 0;
    user_.gid = 0;
    user_.capabilities = {std::string(ptrace)};
    user_.warning = root_for_anybody(target_);
  }

  const Policy& policy_;
  DebugMode mode_;
  const PodView& pod_;
  const ContainerView& target_;
  const DebuggerChoices& choices_;
  DebuggerUser user_;
};

}  // namespace

DebuggerUser choose_user(const Policy& policy, DebugMode mode, const PodView& pod, const ContainerView& target,
                         const DebuggerChoices& choices) {
  return Choice(policy, mode, pod, target, choices).choose();
}

Json security_context(const Policy& policy, const DebuggerUser& user) {
  Json context = Json::object();
  if (user.uid) context["runAsUser"] = *user.uid;
  if (user.uid && user.gid) context["runAsGroup"] = *user.gid;
  if (user.uid) context["runAsNonRoot"] = *user.uid != 0;

  Json capabilities = Json::object();
  Json added = Json::array();
  for (const Json& capability : items_member(policy.debugger, "capabilities")) {
    if (capability != ptrace && !user.is_restricted) added.push_back(capability);
  }
  for (const std::string& capability : user.capabilities)
    if (!contains(added.get_ref<const Json::array_t&>(), capability)) added.push_back(capability);
  if (!added.empty()) capabilities["add"] = std::move(added);
  // Without its capabilities root is not let in where it is not the owner, and nobody knows that the image's is not
  // root.
  if (user.is_restricted && user.uid.value_or(0) != 0) capabilities["drop"] = Json::array({"ALL"});
  if (user.is_restricted) context["allowPrivilegeEscalation"] = false;
  if (!capabilities.empty()) context["capabilities"] = std::move(capabilities);
  if (user.is_restricted) context["seccompProfile"] = Json::object({{"type", "RuntimeDefault"}});
  return context;
}

std::string kubectl_profile(const Policy& policy, const DebuggerChoices& choices, const Json& context) {
  const Json* capabilities = member(context, "capabilities");
  if (capabilities != nullptr && contains(items_member(*capabilities, "add"), ptrace)) return "general";
  if (capabilities != nullptr && capabilities->contains("drop")) return "restricted";
  // The profile `general` adds SYS_PTRACE, and no custom file can take it out again.
  const bool leaves_it_out =
      policy_adds(policy, ptrace) || choices.forbids_ptrace() || policy.debugger.value("restricted", false);
  return leaves_it_out ? "baseline" : policy.debugger.value("profile", "general");
}

}  // namespace dotdiag
