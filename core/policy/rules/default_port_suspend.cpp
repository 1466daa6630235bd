#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

constexpr const char* variable = "DOTNET_DefaultDiagnosticPortSuspend";

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const EnvValue value = env_value(*target.json, variable);
    if (!value.is("1")) continue;
    hazards.push_back({std::string(target.name()), target.path / "env" / value.index,
                       named(target) + " waits at start-up for a tool", "remove " + std::string(variable)});
  }
  return hazards;
}

}  // namespace

const Rule default_port_suspend{
    "default-port-suspend",
    Severity::error,
    "the runtime waits at start-up for a tool that nobody starts",
    "The application prints \"The runtime has been configured to pause during startup and is awaiting a Diagnostics "
    "IPC "
    "ResumeStartup command from a Diagnostic Port\" and does nothing more: a debugger that is injected later never "
    "resumes it.",
    "Remove DOTNET_DefaultDiagnosticPortSuspend, or set it to 0.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
