#include "core/policy/rules/misnamed_settings.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  return misnamed_settings(subject, Misnaming::spelling);
}

}  // namespace

const Rule env_misspelled_diagnostics{
    "env-misspelled-diagnostics",
    Severity::error,
    Rule::Scope::pod,
    "a diagnostics variable has a name that no runtime reads",
    "The runtime reads its settings by their exact names and ignores all others without a word: what the variable "
    "was meant to turn on or off stays as it is by default, or as the image has it. COMPlus_EnableDiagnostic, "
    "which a published recipe names, is such a one.",
    "Correct the name: DOTNET_EnableDiagnostics, DOTNET_DiagnosticPorts, DOTNET_DbgEnableMiniDump ...",
    "https://learn.microsoft.com/dotnet/core/runtime-config/debugging-profiling",
    check,
};

}  // namespace dotdiag
