#include "core/policy/rules/ptrace.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  if (!subject.surroundings.enforces_pod_security()) return {};
  const bool is_baseline = subject.surroundings.pod_security == PodSecurity::baseline;
  return refused_ptrace(subject, {is_baseline ? "Pod Security baseline" : "Pod Security restricted",
                                  "use the policy dotnet-dump-restricted"});
}

}  // namespace

const Rule sys_ptrace_violates_pss{
    "sys-ptrace-violates-pss",
    Severity::error,
    Rule::Scope::any,
    "Pod Security refuses SYS_PTRACE in this namespace",
    "The levels baseline and restricted do not allow the capability: no pod is created any more, and the ReplicaSet "
    "reports FailedCreate: \"violates PodSecurity \"baseline:latest\": non-default capabilities (container \"app\" "
    "must not include \"SYS_PTRACE\" in securityContext.capabilities.add)\". Ephemeral containers are refused in the "
    "same words, also those of kubectl debug with the profile general.",
    "Leave SYS_PTRACE out: the policy dotnet-dump-restricted does without. Or run in a namespace of the level "
    "privileged.",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    check,
};

}  // namespace dotdiag
