#include "core/ephemeral/debugger_user.hpp"

#include "core/policy/rules/measures.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::string_view ptrace = "SYS_PTRACE";

const Json* capabilities_of(const ContainerView& container) {
  return value_at(*container.json, Pointer{} / "securityContext" / "capabilities");
}

bool drops_all(const ContainerView& container) {
  const Json* capabilities = capabilities_of(container);
  if (capabilities == nullptr) return false;
  const auto& dropped = items_member(*capabilities, "drop");
  return std::any_of(dropped.begin(), dropped.end(), [](const Json& item) { return item == "ALL" || item == "all"; });
}

bool is_privileged(const ContainerView& container) {
  return is_true(value_at(*container.json, Pointer{} / "securityContext" / "privileged"));
}

/// More than a container gets by default, so that a debugger with the default set would have fewer.
bool adds_any_capability(const ContainerView& container) {
  const Json* capabilities = capabilities_of(container);
  return is_privileged(container) || (capabilities != nullptr && !items_member(*capabilities, "add").empty());
}

bool policy_adds(const Policy& policy, std::string_view capability) {
  const auto& added = items_member(policy.debugger, "capabilities");
  return std::find(added.begin(), added.end(), capability) != added.end();
}

/// True where Pod Security refuses SYS_PTRACE.
bool forbids_ptrace(const DebuggerChoices& choices) {
  return choices.pod_security == PodSecurity::baseline || choices.pod_security == PodSecurity::restricted;
}

/// Chooses step by step; later steps see what earlier ones found.
class Choice {
 public:
  Choice(const Policy& policy, DebugMode mode, const PodView& pod, const ContainerView& target,
         const DebuggerChoices& choices)
      : policy_(policy), mode_(mode), pod_(pod), target_(target), choices_(choices) {}

  DebuggerUser choose() {
    user_.uid = choices_.target_uid ? choices_.target_uid : run_as_user(pod_, *target_.json);
    user_.gid = choices_.target_gid ? choices_.target_gid : run_as_group(pod_, *target_.json);
    if (mode_ == DebugMode::procroot) {
      choose_for_procroot();
    } else {
      choose_for_volume();
    }
    const bool must_be_restricted =
        policy_.debugger.value("restricted", false) || choices_.pod_security == PodSecurity::restricted;
    // Where the target gives up its capabilities, its namespace may demand that of all.
    user_.is_restricted = must_be_restricted || (is_other_than_root() && drops_all(target_));
    return std::move(user_);
  }

 private:
  bool is_other_than_root() const { return user_.uid && *user_.uid != 0; }

  /// The debugger inherits the pod's own setting; the target's says what the namespace may ask for.
  bool forbids_root() const {
    const Json* context = member(pod_.spec(), "securityContext");
    return policy_.debugger.value("restricted", false) || choices_.pod_security == PodSecurity::restricted ||
           is_true(security_field(pod_, *target_.json, "runAsNonRoot")) ||
           (context != nullptr && is_true(member(*context, "runAsNonRoot")));
  }

  std::string unknown_user() const { return "the pod does not say which user " + named(target_) + " runs as"; }

  void choose_for_volume() {
    // A root target that adds SYS_PTRACE hides its /proc from a root debugger without it; for others it changes
    // nothing, and is added because the policy's recipe does.
    const bool target_traces = adds_capability(*target_.json, ptrace) || is_privileged(target_);
    user_.traces = mode_ != DebugMode::listen && target_traces && !forbids_ptrace(choices_) &&
                   (policy_adds(policy_, ptrace) || !is_other_than_root());
    if (user_.uid) return;
    user_.gid.reset();
    if (forbids_root()) {
      user_.question = "the pod must not run as root and does not say which user " + named(target_) +
                       " runs as: pass --target-uid (the images' `app` user is 1654; `kubectl exec POD -c " +
                       std::string(target_.name()) + " -- id -u` tells, where the image has `id`)";
    } else if (mode_ == DebugMode::listen) {
      user_.warning = unknown_user() +
                      ", and dotnet-monitor's image runs as 1654: if it lists no process or cannot "
                      "read a dump, pass --target-uid (0 for root)";
    } else {
      user_.warning = unknown_user() + ": if the tool finds no process, pass --target-uid";
    }
  }

  /// The target's user and group, where they are known, need nothing else. Otherwise root with SYS_PTRACE sees all.
  void choose_for_procroot() {
    if (is_other_than_root() && user_.gid) return;
    const bool is_plain_root = user_.uid == 0 && !adds_any_capability(target_);
    if (!is_plain_root && (forbids_ptrace(choices_) || !policy_adds(policy_, ptrace))) {
      user_.question = "mode procroot needs the target's user and group, or root with SYS_PTRACE, which " +
                       std::string(forbids_ptrace(choices_) ? "the namespace's Pod Security" : "this policy") +
                       " rules out: pass --target-uid and --target-gid (1654 and 1654 for the images' `app` user)";
      return;
    }
    user_.traces = !is_plain_root;
    if (user_.traces)
      user_.warning =
          "the debugger runs as root with SYS_PTRACE, which Pod Security baseline and restricted refuse: "
          "pass --target-uid and --target-gid to do without";
    user_.uid = 0;
    user_.gid = 0;
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
  if (user.traces) added.push_back(ptrace);
  if (!added.empty()) capabilities["add"] = std::move(added);
  // Without its capabilities root is not let in where it is not the owner.
  if (user.is_restricted && user.uid != 0) capabilities["drop"] = Json::array({"ALL"});
  if (user.is_restricted) context["allowPrivilegeEscalation"] = false;
  if (!capabilities.empty()) context["capabilities"] = std::move(capabilities);
  if (user.is_restricted) context["seccompProfile"] = Json::object({{"type", "RuntimeDefault"}});
  return context;
}

std::string kubectl_profile(const Policy& policy, const DebuggerChoices& choices, const Json& context) {
  const Json* capabilities = member(context, "capabilities");
  const bool adds = capabilities != nullptr && capabilities->contains("add");
  if (adds) return "general";
  if (capabilities != nullptr && capabilities->contains("drop")) return "restricted";
  // The profile `general` adds SYS_PTRACE, and no custom file can take it out again.
  const bool leaves_it_out =
      policy_adds(policy, ptrace) || forbids_ptrace(choices) || policy.debugger.value("restricted", false);
  return leaves_it_out ? "baseline" : policy.debugger.value("profile", "general");
}

}  // namespace dotdiag
