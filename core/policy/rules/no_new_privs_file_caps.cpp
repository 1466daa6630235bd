#include "core/policy/rules/ptrace.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const Json* escalation = security_field(subject.pod, *target.json, "allowPrivilegeEscalation");
    const bool is_forbidden = escalation != nullptr && *escalation == false;
    // Root holds the capability without any file's help.
    if (!is_forbidden || !added_ptrace(target) || run_as_user(subject.pod, *target.json) == 0) continue;
    hazards.push_back({std::string(target.name()), security_path(subject.pod, target, "allowPrivilegeEscalation"),
                       "a createdump with file capabilities gains no SYS_PTRACE in " + named(target),
                       "take the dump as the application's own user"});
  }
  return hazards;
}

}  // namespace

const Rule no_new_privs_file_caps{
    "no-new-privs-file-caps",
    Severity::note,
    Rule::Scope::pod,
    "allowPrivilegeEscalation: false keeps file capabilities from taking effect",
    "A process that is not root could get SYS_PTRACE from a capability on the createdump file (setcap), but not with "
    "allowPrivilegeEscalation: false, which sets no_new_privs. Where it does take effect, createdump no longer finds "
    "its libraries: \"error while loading shared libraries: libmscordaccore.so\".",
    "Do not rely on setcap. The application's own user may dump it without SYS_PTRACE since containerd 1.6.7.",
    "https://github.com/dotnet/diagnostics/issues/2102",
    check,
};

}  // namespace dotdiag
