#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

/// What to write as runAsUser: the target's own user, if that is known.
std::string right_user(const Subject& subject) {
  const auto target = subject.debugger_target();
  const auto user = target ? run_as_user(subject.pod, *target->json) : std::nullopt;
  return user && *user != 0 ? "set runAsUser: " + std::to_string(*user) : "set runAsUser to the target's user";
}

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto user = user_of(subject.pod, debugger);
  if (!user || *user != 0 || !is_true(security_field(subject.pod, *debugger.json, "runAsNonRoot"))) return {};
  const bool is_written = run_as_user(subject.pod, *debugger.json).has_value();
  const std::string reason = is_written ? "has runAsUser 0" : "runs as root by its image";
  return {{std::string(debugger.name()), security_at(debugger, "runAsUser"),
           named_debugger(debugger) + " " + reason + " under runAsNonRoot: true and will not start",
           right_user(subject)}};
}

}  // namespace

const Rule debug_runasnonroot_conflict{
    "debug-runasnonroot-conflict",
    Severity::error,
    Rule::Scope::debugger,
    "the pod forbids root, and the debugger would run as root",
    "Under runAsNonRoot: true, which a pod hands down to its ephemeral containers, the kubelet starts none as "
    "root: CreateContainerConfigError, \"container has runAsNonRoot and image will run as root\" or \"container's "
    "runAsUser breaks non-root policy\". Every SDK image runs as root unless told otherwise, and an ephemeral "
    "container that failed can only be followed by another one.",
    "Set runAsUser and runAsGroup of the debugger to the target's.",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    check,
};

}  // namespace dotdiag
