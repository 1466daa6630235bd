#include "core/policy/rules/ptrace.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  // Where the capability does harm, other rules say so, and louder.
  if (subject.surroundings.refuses_ptrace()) return {};
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const auto added = added_ptrace(target);
    if (!added || added->name == "ALL" || holds_no_capability(subject.pod, target)) continue;
    hazards.push_back({std::string(target.name()), added->at,
                       "dotnet-dump needs no " + added->name + " in " + named(target) + " on current nodes",
                       "leave it out where the container runtime allows ptrace"});
  }
  return hazards;
}

}  // namespace

const Rule ptrace_cap_unneeded{
    "ptrace-cap-unneeded",
    Severity::note,
    Rule::Scope::pod,
    "the application has SYS_PTRACE, which current nodes do not ask for",
    "The dump is written by createdump, a child of the application that the application itself allows to trace it. "
    "Since containerd 1.6.7 and Docker 19.03 it may do so without SYS_PTRACE, as long as Yama's "
    "ptrace_scope is 0 or 1. A debugger without the capability, on the other hand, cannot look into /proc of a root "
    "process that has it.",
    "Leave SYS_PTRACE out of the application's container if your nodes are current: the policy dotnet-dump-restricted "
    "does without.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/faq-dumps",
    check,
};

}  // namespace dotdiag
