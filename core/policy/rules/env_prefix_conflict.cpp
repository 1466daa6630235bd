#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"

namespace dotdiag {
namespace {

constexpr std::array<std::string_view, 4> texts = {"CreateDumpLogToFile", "DbgCreateDumpToolPath", "DbgMiniDumpName",
                                                   "DiagnosticPorts"};

/// True where it does not matter which of the two the runtime reads.
bool says_the_same(std::string_view setting, const std::string& left, const std::string& right) {
  if (left == right) return true;
  if (is_switch(setting)) return reads_as_zero(left) == reads_as_zero(right);
  if (std::find(texts.begin(), texts.end(), setting) != texts.end()) return false;
  return read_number(left) && read_number(left) == read_number(right);
}

bool has_old_name(const ContainerView& target, std::string_view setting) {
  const auto& variables = items_member(*target.json, "env");
  return std::any_of(variables.begin(), variables.end(), [&](const Json& variable) {
    const auto name = text_member(variable, "name");
    return name.starts_with(complus_prefix) && name.substr(complus_prefix.size()) == setting;
  });
}

/// The setting under one of its names; an empty variable counts as none.
Setting under(const ContainerView& target, std::string_view prefix, std::string_view setting) {
  std::string variable = std::string(prefix).append(setting);
  EnvValue value = env_value(*target.json, variable);
  if (value.is("")) value = {};
  return {std::move(variable), std::move(value)};
}

std::optional<Hazard> conflict(const Subject& subject, const ContainerView& target, std::string_view setting) {
  if (!may_set(target, setting)) return std::nullopt;
  Setting winner = under(target, dotnet_prefix, setting);
  Setting loser = under(target, complus_prefix, setting);
  if (!winner.is_known() || !loser.is_known()) return std::nullopt;
  if (says_the_same(setting, winner.value.value, loser.value.value)) return std::nullopt;
  const bool is_old = runs_before(subject, target, 6) && !is_about_ports(setting);
  if (is_old) std::swap(winner, loser);
  // Where that turns diagnostics off, it has been said.
  const bool decides = setting == "EnableDiagnostics" || setting == "EnableDiagnostics_IPC";
  if (decides && reads_as_zero(winner.value.value)) return std::nullopt;

  const bool is_certain = is_old || runtime_version(subject, target).has_value();
  Hazard hazard = hazard_at(target, loser.value.index,
                            shown_in(loser, target) + " loses against " + winner.variable + "=" +
                                shown(winner.value.value) + (is_certain ? "" : " from .NET 6 on"),
                            "keep one of them");
  if (decides) hazard.instead_of = unmet_diagnostics(subject, target);
  if (is_written_out(target, winner)) hazard.fix = {with_value(target, loser, winner.value.value)};
  return hazard;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    for (const auto setting : known_settings) {
      if (!has_old_name(target, setting)) continue;
      if (auto hazard = conflict(subject, target, setting)) hazards.push_back(*std::move(hazard));
    }
  }
  return hazards;
}

}  // namespace

const Rule env_prefix_conflict{
    "env-prefix-conflict",
    Severity::warning,
    Rule::Scope::pod,
    "a setting stands there under both prefixes, with different values",
    "From .NET 6 on DOTNET_ wins over COMPlus_; .NET 5 and older read COMPlus_ alone. So one of the two values "
    "has no effect, which one depends on the image, and an update of the image can turn the setting round.",
    "Keep one of them: DOTNET_ from .NET 6 on.",
    "https://learn.microsoft.com/dotnet/core/runtime-config/",
    check,
};

}  // namespace dotdiag
