#include "core/policy/rules/ptrace.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  const auto additions = ptrace_additions(subject);
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const auto added = added_ptrace(target);
    if (!added || !holds_no_capability(subject.pod, target)) continue;
    const auto addition = additions.find(target.name());
    Hazard hazard;
    hazard.container = std::string(target.name());
    hazard.at = added->at;
    hazard.message = added->name + " has no effect in " + named(target) + ", which is not root";
    if (addition != additions.end()) {
      hazard.remedy = "skip " + addition->second;
      hazard.instead_of = addition->second;
      hazard.rules_out = true;
    } else {
      hazard.remedy = policy_wants_ptrace(subject) ? "remove it, and use dotnet-dump-restricted" : "remove it";
      hazard.fix = without_ptrace(subject, *added);
    }
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule ptrace_cap_ineffective_nonroot{
    "ptrace-cap-ineffective-nonroot",
    Severity::warning,
    Rule::Scope::pod,
    "SYS_PTRACE is added to a container that does not run as root",
    "Kubernetes has no ambient capabilities: a process that is not root does not hold a capability that its container "
    "adds. All it changes is the seccomp profile of old container runtimes, and that Pod Security baseline refuses "
    "the pod.",
    "Leave the capability out: a dump is taken by the application's own user. Use the policy dotnet-dump-restricted, "
    "or the annotation dotdiag.io/skip: sys-ptrace.",
    "https://github.com/kubernetes/kubernetes/issues/56374",
    check,
};

}  // namespace dotdiag
