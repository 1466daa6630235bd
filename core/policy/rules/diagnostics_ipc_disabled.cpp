#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"

namespace dotdiag {
namespace {

constexpr int first_runtime = 8;

Hazard hazard_of(const Subject& subject, const ContainerView& target, const Setting& setting) {
  const bool is_ignored = runs_before(subject, target, first_runtime);
  const std::string effect = is_ignored ? " has no effect before .NET 8, and would close the diagnostic port there"
                                        : " closes the diagnostic port";
  Hazard hazard = hazard_at(target, setting.value.index, shown_in(setting, target) + effect, "set it to 1");
  hazard.at = switch_path(target, setting);
  if (is_ignored) hazard.severity = Severity::note;
  hazard.fix = with_switch(subject, target, setting, "1");
  hazard.instead_of = unmet_diagnostics(subject, target);
  return hazard;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const Setting setting = effective_switch(subject, target, "EnableDiagnostics_IPC");
    if (!setting.is_known() || !reads_as_zero(setting.value.value)) continue;
    hazards.push_back(hazard_of(subject, target, setting));
  }
  return hazards;
}

}  // namespace

const Rule diagnostics_ipc_disabled{
    "diagnostics-ipc-disabled",
    Severity::error,
    Rule::Scope::pod,
    "the runtime is told to close its diagnostic port, and only that",
    "From .NET 8 on EnableDiagnostics_IPC=0 turns the diagnostic port off even where EnableDiagnostics is 1, and "
    "nothing can turn it on again: there is no socket, and dotnet-dump prints \"No supported .NET processes were "
    "found\". Some profilers' images set it.",
    "Set the variable to 1. Removing it is not enough where the image sets it to 0 too. "
    "EnableDiagnostics_Debugger and EnableDiagnostics_Profiler may stay off.",
    "https://learn.microsoft.com/dotnet/core/tools/dotnet-environment-variables",
    check,
};

}  // namespace dotdiag
