#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

bool is_not_root(const PodView& pod, const ContainerView& container) {
  if (const auto user = run_as_user(pod, *container.json)) return *user != 0;
  const Json* non_root = security_field(pod, *container.json, "runAsNonRoot");
  return non_root != nullptr && *non_root == true;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    if (!adds_capability(*target.json, "SYS_PTRACE") || !is_not_root(subject.pod, target)) continue;
    hazards.push_back({std::string(target.name()), target.path / "securityContext" / "capabilities" / "add",
                       "SYS_PTRACE has no effect in " + named(target) + ", which is not root", "skip sys-ptrace"});
  }
  return hazards;
}

}  // namespace

const Rule ptrace_cap_ineffective_nonroot{
    "ptrace-cap-ineffective-nonroot",
    Severity::warning,
    "SYS_PTRACE is added to a container that does not run as root",
    "Kubernetes has no ambient capabilities: a process that is not root does not hold a capability that its container "
    "adds. All it "
    "changes is the seccomp profile of old container runtimes, and that Pod Security baseline refuses the pod.",
    "Leave the capability out: a dump is taken by the application's own user. Use the policy dotnet-dump-restricted, "
    "or the annotation "
    "dotdiag.io/skip: sys-ptrace.",
    "https://github.com/kubernetes/kubernetes/issues/56374",
    check,
};

}  // namespace dotdiag
