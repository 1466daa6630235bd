#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"

namespace dotdiag {
namespace {

/// True where a policy asks for this very value: it sets the variable for whatever runtime there may be.
bool is_policy_value(const Subject& subject, const Setting& setting) {
  for (const Policy* policy : subject.policies) {
    for (const Requirement& requirement : policy->requirements) {
      if (text_member(requirement.parameters, "name") == setting.variable &&
          setting.value.is(text_member(requirement.parameters, "value")))
        return true;
    }
  }
  return false;
}

std::optional<Hazard> ignored(const Subject& subject, const ContainerView& target, std::string_view name) {
  const Setting setting{std::string(dotnet_prefix).append(name),
                        env_value(*target.json, std::string(dotnet_prefix).append(name))};
  const std::string old_name = std::string(complus_prefix).append(name);
  if (setting.value.is_absent() || is_policy_value(subject, setting)) return std::nullopt;
  if (!env_value(*target.json, old_name).is_absent()) return std::nullopt;
  const bool is_newer = name.find('_') != std::string_view::npos;  // EnableDiagnostics_IPC: .NET 8 and later
  Hazard hazard = hazard_at(
      target, setting.value.index,
      setting.variable + " in " + named(target) + " is not read by .NET " + runtime_version(subject, target)->text(),
      is_newer ? "remove it" : "write " + old_name);
  const bool is_off = is_switch(name) && reads_as_zero(setting.value.value);
  if (is_off) hazard.instead_of = unmet_diagnostics(subject, target);
  // What would turn diagnostics off once it is read is left to a person.
  if (!is_off && !is_newer) hazard.fix = {replaced(hazard.at / "name", old_name)};
  return hazard;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    if (!runs_before(subject, target, 6)) continue;
    for (const auto setting : known_settings) {
      if (is_about_ports(setting)) continue;
      if (auto hazard = ignored(subject, target, setting)) hazards.push_back(*std::move(hazard));
    }
  }
  return hazards;
}

}  // namespace

const Rule env_dotnet_prefix_old_runtime{
    "env-dotnet-prefix-old-runtime",
    Severity::warning,
    Rule::Scope::pod,
    "a variable has the prefix DOTNET_, which the runtime in the image does not know yet",
    ".NET 5 and older read their settings with the prefix COMPlus_ alone, those of the diagnostic port excepted, "
    "and ignore the others without a word: no crash dump is written, and the setting keeps its default.",
    "Write COMPlus_ for DOTNET_, or both with the same value until the image is updated.",
    "https://learn.microsoft.com/dotnet/core/runtime-config/",
    check,
};

}  // namespace dotdiag
