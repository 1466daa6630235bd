#include "core/ephemeral/debugger_user.hpp"

#include "core/policy/rules/measures.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace dotdiag {
namespace {

constexpr std::string_view ptrace = "SYS_PTRACE";

bool contains(const Json::array_t& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

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

/// What the target adds, without the prefix that Kubernetes takes but does not ask for.
std::vector<std::string> added_capabilities(const ContainerView& container) {
  std::vector<std::string> names;
  const Json* capabilities = capabilities_of(container);
  if (capabilities == nullptr) return names;
  for (const Json& item : items_member(*capabilities, "add")) {
    if (!item.is_string()) continue;
    const auto& name = item.get_ref<const std::string&>();
    names.push_back(name.rfind("CAP_", 0) == 0 ? name.substr(4) : name);
  }
  return names;
}

/// True where Pod Security baseline lets a container add `capability`.
/// Source: kubernetes.io, Pod Security Standards, "Baseline", Capabilities.
bool baseline_allows(const std::string& capability) {
  constexpr std::string_view allowed[] = {"AUDIT_WRITE", "CHOWN",  "DAC_OVERRIDE", "FOWNER",           "FSETID",
                                          "KILL",        "MKNOD",  "SETFCAP",      "NET_BIND_SERVICE", "SETGID",
                                          "SETPCAP",     "SETUID", "SYS_CHROOT"};
  return std::find(std::begin(allowed), std::end(allowed), capability) != std::end(allowed);
}

bool policy_adds(const Policy& policy, std::string_view capability) {
  return contains(items_member(policy.debugger, "capabilities"), capability);
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
    const bool must_be_restricted = policy_is_restricted() || choices_.pod_security == PodSecurity::restricted;
    // Where the target gives up its capabilities, its namespace may demand that of all.
    user_.is_restricted = must_be_restricted || (is_other_than_root() && drops_all(target_));
    return std::move(user_);
  }

 private:
  bool is_other_than_root() const { return user_.uid && *user_.uid != 0; }
  bool policy_is_restricted() const { return policy_.debugger.value("restricted", false); }

  /// Why a debugger whose user nobody chose may not be root; empty where it may.
  std::string why_not_root() const {
    // The debugger inherits the pod's own setting; the target's says what the namespace may ask for.
    const Json* context = member(pod_.spec(), "securityContext");
    const bool pod_says = context != nullptr && is_true(member(*context, "runAsNonRoot"));
    if (pod_says || is_true(security_field(pod_, *target_.json, "runAsNonRoot")))
      return "the pod says runAsNonRoot: true";
    if (choices_.pod_security == PodSecurity::restricted) return "the namespace's Pod Security restricted forbids root";
    if (policy_is_restricted() && choices_.pod_security == PodSecurity::unknown)
      return "Pod Security restricted, for which policy " + policy_.name +
             " is made, forbids root (baseline does not: then pass --pod-security baseline)";
    return {};
  }

  std::string unknown_user() const { return "the pod does not say which user " + named(target_) + " runs as"; }

  /// How `id` is asked in the target: `kubectl exec POD -c app -- id -u`.
  std::string ask_id(const std::string& flag) const {
    return "`kubectl exec POD -c " + std::string(target_.name()) + " -- id" + flag +
           "` tells, where the image has `id`";
  }

  void choose_for_volume() {
    // Over the volume root reaches every target. SYS_PTRACE only shows it the /proc of a root target that has it, too:
    // to other users it gives nothing, and is added because the policy's recipe does.
    const bool target_traces = adds_capability(*target_.json, ptrace) || is_privileged(target_);
    const bool traces = mode_ != DebugMode::listen && target_traces && !forbids_ptrace(choices_) &&
                        (policy_adds(policy_, ptrace) || !is_other_than_root());
    if (traces) user_.capabilities.emplace_back(ptrace);
    if (user_.uid == 0 && mode_ != DebugMode::listen) question_root();
    if (user_.uid) return;
    user_.gid.reset();
    if (const std::string why = why_not_root(); !why.empty()) {
      user_.question = why + ", and " + unknown_user() + ": pass --target-uid (the images' `app` user is 1654; " +
                       ask_id(" -u") + ")";
    } else if (mode_ == DebugMode::listen) {
      user_.warning = unknown_user() +
                      ", and dotnet-monitor's image runs as 1654: if it lists no process or cannot "
                      "read a dump, pass --target-uid (0 for root)";
    } else {
      user_.warning = unknown_user() + ": if the tool finds no process, pass --target-uid";
    }
  }

  /// None but root reaches a root target.
  void question_root() {
    if (is_true(security_field(pod_, *target_.json, "runAsNonRoot"))) {
      user_.question = "the pod says runAsNonRoot: true, so " + named(target_) +
                       " cannot run as root: pass the --target-uid that it really has (" + ask_id(" -u") + ")";
    } else if (choices_.pod_security == PodSecurity::restricted) {
      user_.question = named(target_) +
                       " runs as root, which only root reaches, and the namespace's Pod Security restricted lets no "
                       "debugger be root: let the application run as another user and roll the pods";
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
      user_.question = "--mode procroot needs the group of " + named(target_) + " too: pass --target-gid (" +
                       ask_id(" -g") + "; the images' `app` user has 1654, a user that the image does not know 0)";
    }
  }

  /// A process with fewer capabilities than the target's is not let in, so root is given what the target adds.
  void choose_for_root() {
    user_.gid = user_.gid.value_or(0);
    user_.capabilities = added_capabilities(target_);
    if (is_privileged(target_)) user_.capabilities = {std::string(ptrace)};
    question_root();
    const auto& added = user_.capabilities;
    const auto refused = std::find_if_not(added.begin(), added.end(), baseline_allows);
    if (user_.question.empty() && refused != added.end() && forbids_ptrace(choices_))
      user_.question = named(target_) + " runs as root with more capabilities than others, and the namespace's Pod " +
                       "Security lets no debugger add " + *refused + ", without which it is not let into /proc";
  }

  /// Nobody knows who the target is. Root with SYS_PTRACE is let in everywhere.
  void choose_for_anybody() {
    std::string why = why_not_root();
    if (why.empty() && forbids_ptrace(choices_)) why = "the namespace's Pod Security refuses SYS_PTRACE";
    if (why.empty() && !policy_adds(policy_, ptrace)) why = "policy " + policy_.name + " does without SYS_PTRACE";
    if (!why.empty()) {
      user_.question =
          "--mode procroot needs the user and group of " + named(target_) + ", which the pod does not say, and as " +
          why +
          " it cannot do without: pass --target-uid and --target-gid (0 where it is root, 1654 for the images' "
          "`app` user; " +
          ask_id("") + ")";
      return;
    }
    user_.uid = 0;
    user_.gid = 0;
    user_.capabilities = {std::string(ptrace)};
    user_.warning = unknown_user() +
                    ", so the debugger is root with SYS_PTRACE, which Pod Security baseline and restricted refuse: "
                    "pass --target-uid and --target-gid to do without";
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
      policy_adds(policy, ptrace) || forbids_ptrace(choices) || policy.debugger.value("restricted", false);
  return leaves_it_out ? "baseline" : policy.debugger.value("profile", "general");
}

}  // namespace dotdiag
