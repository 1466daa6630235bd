#include "core/policy/rules/misnamed_settings.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  return misnamed_settings(subject, Misnaming::letter_case);
}

}  // namespace

const Rule env_wrong_case{
    "env-wrong-case",
    Severity::warning,
    Rule::Scope::pod,
    "a diagnostics variable is written in the wrong letter case",
    "On Linux names of variables are case-sensitive: the runtime reads DOTNET_EnableDiagnostics and ignores "
    "DOTNET_ENABLEDIAGNOSTICS without a word. What works on Windows has no effect in the container.",
    "Write the name as the documentation does: DOTNET_EnableDiagnostics, DOTNET_DiagnosticPorts, "
    "DOTNET_DbgEnableMiniDump ...",
    "https://learn.microsoft.com/dotnet/core/runtime-config/",
    check,
};

}  // namespace dotdiag
