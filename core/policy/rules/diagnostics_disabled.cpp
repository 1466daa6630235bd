#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"

namespace dotdiag {
namespace {

constexpr std::string_view setting_name = "EnableDiagnostics";

/// Each variable that says off gets a 1: one that loses today would win on another runtime.
Edits turned_on(const Subject& subject, const ContainerView& target) {
  Edits edits;
  for (const std::string& variable : names_read(subject, target, setting_name)) {
    const Setting setting{variable, env_value(subject.pod, *target.json, variable)};
    if (!setting.is_known() || !reads_as_zero(setting.value.value)) continue;
    for (Edit& edit : with_switch(subject, target, setting, "1"))
      edits.push_back(std::move(edit));
  }
  return edits;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const Setting setting = effective_switch(subject, target, setting_name);
    if (!setting.is_known() || !reads_as_zero(setting.value.value)) continue;
    Hazard hazard =
        hazard_at(target, setting.value.index, shown_in(setting, target) + " turns all diagnostics off", "set it to 1");
    hazard.at = switch_path(target, setting);
    hazard.fix = setting.value.source == npos ? turned_on(subject, target) : with_switch(subject, target, setting, "1");
    hazard.instead_of = unmet_diagnostics(subject, target);
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule diagnostics_disabled{
    "diagnostics-disabled",
    Severity::error,
    Rule::Scope::pod,
    "the runtime is told to have no diagnostic port",
    "With EnableDiagnostics=0 the runtime makes no diagnostic socket and connects to none. Every tool answers as "
    "if there were no .NET: dotnet-dump prints \"No supported .NET processes were found\", dotnet-monitor "
    "\"Unable to discover a target process.\" It is often set because of readOnlyRootFilesystem, where an "
    "emptyDir at /tmp is the better way.",
    "Set the variable to 1. Removing it is not enough where the image sets it to 0 too.",
    "https://learn.microsoft.com/dotnet/core/runtime-config/debugging-profiling",
    check,
};

}  // namespace dotdiag
