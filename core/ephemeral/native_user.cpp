#include "core/ephemeral/native_user.hpp"

#include "core/ephemeral/target_user.hpp"
#include "core/policy/rules/debugging.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr const char* native_ptrace = "SYS_PTRACE";

/// The user and group of our images: nobody else's.
constexpr std::int64_t user_of_nobody = 65532;

class NativeChoice {
 public:
  NativeChoice(DebugMode mode, const PodView& pod, const ContainerView& target, const DebuggerChoices& choices)
      : mode_(mode), pod_(pod), target_(target), choices_(choices), known_(target_user(pod, target, choices)) {}

  DebuggerUser choose() {
    user_.uid = known_.uid;
    user_.gid = known_.gid;
    user_.is_restricted = !known_.uid || known_.is_other_than_root() || drops_all(target_);
    if (mode_ == DebugMode::listen && must_be_another()) {
      be_nobody();
    } else if (!known_.uid) {
      be_root_for_anybody();
    } else if (known_.is_root()) {
      be_root_for_root();
    } else if (!known_.gid && mode_ == DebugMode::procroot) {
      user_.obstacle = unknown_group_of(target_);
    }
    return std::move(user_);
  }

 private:
  /// Everybody may connect to the port at which we listen: the target need not be known, nor may it be root.
  bool must_be_another() const {
    return !known_.uid || (known_.is_root() && !why_no_root_for(pod_, target_, choices_.pod_security).empty());
  }

  void be_nobody() {
    user_.uid = user_of_nobody;
    user_.gid = user_of_nobody;
    user_.is_restricted = true;
  }

  /// Adds what root needs to be the target's equal. Over a volume it is enough to own the socket.
  void be_root_for_root() {
    user_.gid = user_.gid.value_or(0);
    user_.obstacle = why_no_root_for(pod_, target_, choices_.pod_security);
    const auto capabilities = capabilities_to_match(target_);
    const Obstacle refused = why_refused(capabilities, target_, choices_);
    if (refused.empty()) user_.capabilities = capabilities;
    if (user_.obstacle.empty() && mode_ == DebugMode::procroot) user_.obstacle = refused;
  }

  void be_root_for_anybody() {
    const bool is_by_volume = mode_ != DebugMode::procroot;
    const std::string why = why_not_root(pod_, target_, choices_.pod_security);
    if (is_by_volume && why.empty()) {
      const auto capabilities = capabilities_to_match(target_);
      if (why_refused(capabilities, target_, choices_).empty()) user_.capabilities = capabilities;
      user_.warning = unknown_user_of(target_) + ", so the debugger is root: pass --target-uid to do without";
    } else if (why.empty() && may_trace()) {
      user_.capabilities = {native_ptrace};
      user_.warning = root_for_anybody(target_);
    } else {
      user_.obstacle = is_by_volume ? unknown_user(why) : unknown_ids(why);
      return;
    }
    user_.uid = 0;
    user_.gid = 0;
    user_.is_restricted = false;
  }

  /// Nobody guesses that a namespace allows SYS_PTRACE; but one whose pods have it does.
  bool may_trace() const {
    if (choices_.pod_security != PodSecurity::unknown) return choices_.pod_security == PodSecurity::privileged;
    return adds_capability(*target_.json, native_ptrace) || is_privileged(target_);
  }

  Obstacle unknown_user(const std::string& why) const {
    return {why + ", and " + unknown_user_of(target_),
            "pass --target-uid (the images' `app` user is 1654; " + ask_id(target_, " -u") + ")", true};
  }

  /// Root with SYS_PTRACE would do, but only somebody who knows the namespace can want that.
  Obstacle unknown_ids(const std::string& why) const {
    Obstacle obstacle = unknown_ids_of(target_);
    if (why.empty() && choices_.pod_security == PodSecurity::unknown)
      obstacle.remedy += ", or --pod-security privileged for root with SYS_PTRACE where the namespace allows that";
    return obstacle;
  }

  DebugMode mode_;
  const PodView& pod_;
  const ContainerView& target_;
  const DebuggerChoices& choices_;
  TargetUser known_;
  DebuggerUser user_;
};

}  // namespace

DebuggerUser choose_native_user(DebugMode mode, const PodView& pod, const ContainerView& target,
                                const DebuggerChoices& choices) {
  return NativeChoice(mode, pod, target, choices).choose();
}

Json native_security_context(const DebuggerUser& user) {
  Json context = Json::object();
  if (user.uid) context["runAsUser"] = *user.uid;
  if (user.uid && user.gid) context["runAsGroup"] = *user.gid;
  context["runAsNonRoot"] = user.uid != 0;
  context["allowPrivilegeEscalation"] = false;
  context["readOnlyRootFilesystem"] = true;
  Json capabilities = Json::object();
  if (user.is_restricted) capabilities["drop"] = Json::array({"ALL"});
  if (!user.capabilities.empty()) capabilities["add"] = user.capabilities;
  if (!capabilities.empty()) context["capabilities"] = std::move(capabilities);
  context["seccompProfile"] = Json::object({{"type", "RuntimeDefault"}});
  return context;
}

std::string native_kubectl_profile(const Json& context) {
  const Json capabilities = context.value("capabilities", Json::object());
  const auto& added = items_member(capabilities, "add");
  if (std::find(added.begin(), added.end(), native_ptrace) != added.end()) return "general";
  return capabilities.contains("drop") ? "restricted" : "baseline";
}

}  // namespace dotdiag
