#include "core/ephemeral/target_user.hpp"

#include "core/ephemeral/pod_status.hpp"
#include "core/policy/rules/debugging.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace dotdiag {
namespace {

/// True where Pod Security baseline lets a container add `capability`.
/// Source: kubernetes.io, Pod Security Standards, "Baseline", Capabilities.
bool baseline_allows(const std::string& capability) {
  constexpr std::string_view allowed[] = {"AUDIT_WRITE", "CHOWN",  "DAC_OVERRIDE", "FOWNER",           "FSETID",
                                          "KILL",        "MKNOD",  "SETFCAP",      "NET_BIND_SERVICE", "SETGID",
                                          "SETPCAP",     "SETUID", "SYS_CHROOT"};
  return std::find(std::begin(allowed), std::end(allowed), capability) != std::end(allowed);
}

}  // namespace

TargetUser target_user(const PodView& pod, const ContainerView& target, const DebuggerChoices& choices) {
  TargetUser user;
  user.uid = choices.target_uid ? choices.target_uid : run_as_user(pod, *target.json);
  user.gid = choices.target_gid ? choices.target_gid : run_as_group(pod, *target.json);
  const UserInStatus seen = user_in_status(pod, target.name());
  if (!user.uid) user.uid = seen.uid;
  // Another user's group says nothing of this one's.
  if (!user.gid && user.uid == seen.uid) user.gid = seen.gid;
  return user;
}

std::string why_not_root(const PodView& pod, const ContainerView& target, PodSecurity level) {
  // The debugger inherits the pod's own setting; the target's says what the namespace may ask for.
  const Json* context = member(pod.spec(), "securityContext");
  const bool pod_says = context != nullptr && is_true(member(*context, "runAsNonRoot"));
  if (pod_says || is_true(security_field(pod, *target.json, "runAsNonRoot"))) return "the pod says runAsNonRoot: true";
  return level == PodSecurity::restricted ? "the namespace's Pod Security restricted forbids root" : "";
}

Obstacle why_no_root_for(const PodView& pod, const ContainerView& target, PodSecurity level) {
  if (is_true(security_field(pod, *target.json, "runAsNonRoot")))
    return {"the pod says runAsNonRoot: true, so " + named(target) + " cannot run as root",
            "pass the --target-uid that it really has (" + ask_id(target, " -u") + ")", true};
  if (level == PodSecurity::restricted)
    return {named(target) +
                " runs as root, which only root reaches, and the namespace's Pod Security restricted lets no "
                "debugger be root",
            "let the application run as another user and roll the pods"};
  return {};
}

std::vector<std::string> capabilities_added_by(const ContainerView& target) {
  std::vector<std::string> names;
  for (const Json& item : capabilities(target, "add")) {
    if (!item.is_string()) continue;
    const auto& name = item.get_ref<const std::string&>();
    names.push_back(name.rfind("CAP_", 0) == 0 ? name.substr(4) : name);
  }
  return names;
}

std::vector<std::string> capabilities_to_match(const ContainerView& target) {
  std::vector<std::string> names = capabilities_added_by(target);
  // Nobody may hold SYS_ADMIN and say allowPrivilegeEscalation: false.
  const bool is_all = std::any_of(names.begin(), names.end(),
                                  [](const std::string& name) { return name == "ALL" || name == "SYS_ADMIN"; });
  return is_all || is_privileged(target) ? std::vector<std::string>{"SYS_PTRACE"} : names;
}

Obstacle why_refused(const std::vector<std::string>& capabilities, const ContainerView& target,
                     const DebuggerChoices& choices) {
  const auto refused = std::find_if_not(capabilities.begin(), capabilities.end(), baseline_allows);
  if (!choices.forbids_ptrace() || refused == capabilities.end()) return {};
  return {named(target) +
              " runs as root with more capabilities than others, and the namespace's Pod Security lets no "
              "debugger add " +
              *refused + ", without which it is not let into /proc",
          "let the application run without them, or as another user, and roll the pods"};
}

Obstacle unknown_group_of(const ContainerView& target) {
  return {"--mode procroot needs the group of " + named(target) + " too",
          "pass --target-gid (" + ask_id(target, " -g") +
              "; the images' `app` user has 1654, a user that the image does not know 0)",
          true};
}

Obstacle unknown_ids_of(const ContainerView& target) {
  return {"--mode procroot needs the user and group of " + named(target) + ", which the pod does not say",
          "pass --target-uid and --target-gid (0 where it is root, 1654 for the images' `app` user; " +
              ask_id(target, "") + ")",
          true};
}

std::string root_for_anybody(const ContainerView& target) {
  return unknown_user_of(target) +
         ", so the debugger is root with SYS_PTRACE, which Pod Security baseline and restricted refuse: pass "
         "--target-uid and --target-gid to do without";
}

std::string unknown_user_of(const ContainerView& target) {
  return "the pod does not say which user " + named(target) + " runs as";
}

std::string ask_id(const ContainerView& target, const std::string& flag) {
  return "`kubectl exec POD -c " + std::string(target.name()) + " -- id" + flag + "` tells, where the image has `id`";
}

}  // namespace dotdiag
