#include "core/policy/rules/rules.hpp"
#include "core/policy/windows.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  const auto at = windows_mark(subject.pod);
  if (!at) return {};
  Hazard hazard;
  hazard.at = *at;
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
