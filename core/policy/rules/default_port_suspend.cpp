#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const Setting setting = effective_setting(subject, target, "DefaultDiagnosticPortSuspend");
    if (!setting.is_known() || read_number(setting.value.value).value_or(0) == 0) continue;
    Hazard hazard =
        hazard_at(target, setting.value.index,
                  named(target) + " waits at start-up for a tool, because of " + setting.variable, "set it to 0");
    hazard.fix = {with_value(target, setting, "0")};
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule default_port_suspend{
    "default-port-suspend",
    Severity::error,
    Rule::Scope::pod,
    "the runtime waits at start-up for a tool that nobody starts",
    "The application prints \"The runtime has been configured to pause during startup and is awaiting a "
    "Diagnostics IPC ResumeStartup command from a Diagnostic Port\" and does nothing more. Probes fail, and a "
    "debugger that is injected later does not resume it.",
    "Remove DOTNET_DefaultDiagnosticPortSuspend, or set it to 0.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
