#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

#include <array>

namespace dotdiag {
namespace {

/// The value that says Windows.
Pointer where_it_says_so(const PodView& pod) {
  for (const char* label : {"kubernetes.io/os", "beta.kubernetes.io/os"}) {
    const Json* selector = member(pod.spec(), "nodeSelector");
    if (selector != nullptr && text_member(*selector, label) == "windows")
      return pod.spec_path() / "nodeSelector" / label;
  }
  return pod.spec_path() / "os" / "name";
}

std::vector<Hazard> check(const Subject& subject) {
  if (!subject.pod.is_windows()) return {};
  Hazard hazard;
  hazard.at = where_it_says_so(subject.pod);
  hazard.message = "this pod runs on Windows, where none of this works";
  hazard.remedy = "take dotdiag.io/inject off";
  if (!subject.evaluation.invalid.empty()) hazard.instead_of = "malformed-pod";
  return {std::move(hazard)};
}

}  // namespace

const Rule windows_pod{
    "windows-pod",
    Severity::error,
    Rule::Scope::pod,
    "the pod runs on Windows",
    "Windows has no shared process namespace, no SYS_PTRACE and no sockets in /tmp: the runtime's diagnostic port is "
    "a named pipe there, which a debugger in another container does not see.",
    "Take the annotation dotdiag.io/inject off. On Windows the tools have to be in the application's own container.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
