#include "core/policy/rules/diagnostic_ports.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

constexpr int first_runtime = 5;

bool wants_port(const Subject& subject) {
  return std::any_of(subject.policies.begin(), subject.policies.end(), [](const Policy* policy) {
    const auto& all = policy->requirements;
    return std::any_of(all.begin(), all.end(),
                       [](const Requirement& requirement) { return requirement.kind == "diagnostic-port"; });
  });
}

/// Where to point: the variable, or the container where it is only to be added.
std::optional<Pointer> place_of(const Subject& subject, const ContainerView& target) {
  const EnvValue value = env_value(*target.json, "DOTNET_DiagnosticPorts");
  if (!value.is_absent() && !value.is("")) return variable_path(target, value.index);
  return wants_port(subject) ? std::optional(target.path) : std::nullopt;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const auto place = runs_before(subject, target, first_runtime) ? place_of(subject, target) : std::nullopt;
    if (!place) continue;
    Hazard hazard;
    hazard.container = std::string(target.name());
    hazard.at = *place;
    hazard.message =
        ".NET " + runtime_version(subject, target)->text() + " in " + named(target) + " ignores DOTNET_DiagnosticPorts";
    hazard.remedy = "update .NET, or use policy dotnet-dump";
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule diagnostic_port_needs_net5{
    "diagnostic-port-needs-net5",
    Severity::warning,
    Rule::Scope::pod,
    "DOTNET_DiagnosticPorts is set for a runtime that does not know it",
    "Diagnostic ports came with .NET 5. An older runtime ignores the variable and connects to no monitor: in "
    "Listen mode dotnet-monitor answers \"Unable to discover a target process.\"",
    "Update the image, or use the policy dotnet-dump, whose tools find the runtime by the socket in /tmp.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
