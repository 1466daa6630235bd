#include "core/policy/rules/ptrace.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

/// Corrects the name, or takes the item away where the right one stands in the list too.
Edit corrected(const ContainerView& container, const Pointer& at) {
  for (const Json& item : capabilities(container, "add")) {
    if (item == "SYS_PTRACE") return removed(at);
  }
  return replaced(at, "SYS_PTRACE");
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& container : judged_containers(subject)) {
    std::size_t index = 0;
    for (const Json& item : capabilities(container, "add")) {
      const Pointer at = added_capabilities(container) / index++;
      if (item != "CAP_SYS_PTRACE") continue;
      Hazard hazard;
      hazard.container = std::string(container.name());
      hazard.at = at;
      hazard.message = "Kubernetes writes capabilities without CAP_, and " + judged_name(subject, container) +
                       " adds CAP_SYS_PTRACE";
      hazard.remedy = "write SYS_PTRACE";
      if (subject.debugger == nullptr) hazard.fix.push_back(corrected(container, at));
      hazards.push_back(std::move(hazard));
      break;
    }
  }
  return hazards;
}

}  // namespace

const Rule ptrace_cap_cap_prefix{
    "ptrace-cap-cap-prefix",
    Severity::note,
    Rule::Scope::any,
    "SYS_PTRACE is written with the prefix of the kernel's name",
    "Container runtimes mostly understand both spellings, but Kubernetes and its policies compare names as they are "
    "written: a policy that allows SYS_PTRACE refuses CAP_SYS_PTRACE.",
    "Write SYS_PTRACE.",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container",
    check,
};

}  // namespace dotdiag
