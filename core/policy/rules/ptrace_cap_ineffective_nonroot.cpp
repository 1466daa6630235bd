#include "core/policy/rules/ptrace.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const auto added = added_ptrace(target);
    if (!added || !holds_no_capability(subject.pod, target)) continue;
    Hazard hazard;
    hazard.container = std::string(target.name());
    hazard.at = added->at;
    hazard.message =
        added->name + " helps to dump " + named(target) + ", which is not root, only with containerd before 1.6.7";
    hazard.remedy = "leave it out where nodes are newer";
    hazard.fix = without_ptrace(subject, *added);
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule ptrace_cap_ineffective_nonroot{
    "ptrace-cap-ineffective-nonroot",
    Severity::note,
    Rule::Scope::pod,
    "SYS_PTRACE is added to a container that does not run as root",
    "Kubernetes has no ambient capabilities, so a process that is not root does not hold what its container adds. The "
    "seccomp profile of containerd before 1.6.7 looks at the container all the same, and forbids ptrace without "
    "SYS_PTRACE: \"ptrace(ATTACH, 7) FAILED Operation not permitted (1)\". Newer nodes let the application's own user "
    "take the dump without it, and Pod Security baseline refuses pods that add it.",
    "Keep it while there are such nodes. Otherwise use the policy dotnet-dump-restricted, or the annotation "
    "dotdiag.io/skip: sys-ptrace.",
    "https://github.com/kubernetes/kubernetes/issues/56374",
    check,
};

}  // namespace dotdiag
