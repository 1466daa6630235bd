// The runtime's settings as a container's process gets them, over both prefixes and for the runtime's version.
#pragma once

#include "core/document/utf.hpp"
#include "core/policy/image.hpp"
#include "core/policy/rule.hpp"
#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/measures.hpp"
#include "core/policy/runtime_settings.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

inline constexpr std::string_view dotnet_prefix = "DOTNET_";
inline constexpr std::string_view complus_prefix = "COMPlus_";

/// What the runtime reads about diagnostics and crash dumps, each with the prefix DOTNET_ or, the older way, COMPlus_.
/// Sources: dotnet/runtime, src/coreclr/inc/clrconfigvalues.h; dotnet/docs,
/// docs/core/diagnostics/collect-dumps-crash.md.
inline constexpr std::array<std::string_view, 15> known_settings = {
    "CreateDumpDiagnostics",
    "CreateDumpLogToFile",
    "CreateDumpVerboseDiagnostics",
    "DbgCreateDumpToolPath",
    "DbgEnableMiniDump",
    "DbgMiniDumpName",
    "DbgMiniDumpType",
    "DefaultDiagnosticPortSuspend",
    "DiagnosticPorts",
    "EnableCrashReport",
    "EnableCrashReportOnly",
    "EnableDiagnostics",
    "EnableDiagnostics_Debugger",
    "EnableDiagnostics_IPC",
    "EnableDiagnostics_Profiler",
};

/// True for the settings of diagnostic ports: .NET 5 brought them, with the prefix DOTNET_ alone.
inline bool is_about_ports(std::string_view setting) {
  return setting == "DiagnosticPorts" || setting == "DefaultDiagnosticPortSuspend";
}

/// True for EnableDiagnostics and for what it is made of from .NET 8 on.
inline bool is_switch(std::string_view setting) {
  constexpr std::string_view whole = "EnableDiagnostics";
  return setting.substr(0, whole.size()) == whole;
}

/// The version of .NET in the container, where its image is one of Microsoft's with a runtime or its sources say it;
/// else what is said of all.
inline std::optional<Version> runtime_version(const Subject& subject, const ContainerView& container) {
  constexpr std::array<std::string_view, 3> runtimes = {"aspnet", "runtime", "sdk"};
  const Image image = Image::parse(container.image());
  const auto repository = image.dotnet_repository();
  const auto name = repository.substr(repository.find_last_of('/') + 1);  // before .NET 5: core/aspnet
  const bool has_runtime = std::find(runtimes.begin(), runtimes.end(), name) != runtimes.end();
  const auto version = has_runtime ? image.dotnet_version() : std::nullopt;
  if (version) return version;
  const ImageFacts* facts = subject.facts_of(container);
  return facts != nullptr && facts->runtime ? facts->runtime : subject.surroundings.runtime;
}

/// True where the container's runtime is known to be older than `major`.
inline bool runs_before(const Subject& subject, const ContainerView& container, int major) {
  const auto version = runtime_version(subject, container);
  return version && version->major < major;
}

/// The names that a runtime reads a setting by, the one that wins first. Before .NET 6 only the old prefix is known.
/// Source: dotnet/docs, docs/core/runtime-config/index.md.
inline std::vector<std::string> names_read(const Subject& subject, const ContainerView& container,
                                           std::string_view setting) {
  const std::string modern = std::string(dotnet_prefix).append(setting);
  const std::string old = std::string(complus_prefix).append(setting);
  if (!runs_before(subject, container, 6)) return {modern, old};
  if (!is_about_ports(setting)) return {old};
  return runs_before(subject, container, 5) ? std::vector<std::string>{} : std::vector<std::string>{modern};
}

/// A setting with the variable that decides it.
struct Setting {
  std::string variable;  ///< DOTNET_EnableDiagnostics; empty where the container does not set it
  EnvValue value;
  bool is_known() const { return value.kind == EnvValue::Kind::literal; }
};

/// True where the container has a variable that could be the setting, whatever its prefix. Most have none, and many
/// rules ask: seen before any name is put together.
inline bool may_set(const ContainerView& container, std::string_view setting) {
  const auto& variables = items_member(*container.json, "env");
  return std::any_of(variables.begin(), variables.end(),
                     [&](const Json& variable) { return text_member(variable, "name").ends_with(setting); });
}

/// The setting as the process gets it. An empty variable counts as none.
inline Setting effective_setting(const Subject& subject, const ContainerView& container, std::string_view setting) {
  if (!may_set(container, setting)) return {};
  for (std::string& variable : names_read(subject, container, setting)) {
    EnvValue value = env_value(subject.pod, *container.json, variable);
    if (!value.is_absent() && !value.is("")) return {std::move(variable), std::move(value)};
  }
  return {};
}

/// The same for a switch, which may also stand in a ConfigMap that `envFrom` names.
inline Setting effective_switch(const Subject& subject, const ContainerView& container, std::string_view setting) {
  if (items_member(*container.json, "envFrom").empty()) return effective_setting(subject, container, setting);
  for (std::string& variable : names_read(subject, container, setting)) {
    EnvValue value = env_value(subject.pod, *container.json, variable);
    if (value.is_absent()) value = env_from_value(subject.pod, *container.json, variable);
    if (!value.is_absent() && !value.is("")) return {std::move(variable), std::move(value)};
  }
  return {};
}

/// `value` as a message shows it.
inline std::string shown(std::string_view value) {
  constexpr std::size_t most = 51;
  return shortened(value, most);
}

/// `DOTNET_EnableDiagnostics=0 in \`app\``.
inline std::string shown_in(const Setting& setting, const ContainerView& container) {
  const std::string& config_map = setting.value.config_map;
  return setting.variable + "=" + shown(setting.value.value) + " in " + named(container) +
         (config_map.empty() ? "" : " (ConfigMap `" + config_map + "`)");
}

inline Pointer variable_path(const ContainerView& container, std::size_t index) {
  return container.path / "env" / index;
}

/// The variable that a setting came from, in the container's `env`.
inline const Json& written_variable(const ContainerView& container, const Setting& setting) {
  return items_member(*container.json, "env")[setting.value.index];
}

/// True where the value stands in the manifest as the process gets it, so that a changed one can be written there.
inline bool is_written_out(const ContainerView& container, const Setting& setting) {
  return text_member(written_variable(container, setting), "value") == setting.value.value &&
         setting.value.value.find('$') == std::string::npos;
}

/// Gives the setting's variable the value `text`.
inline Edit with_value(const ContainerView& container, const Setting& setting, std::string text) {
  return replaced(variable_path(container, setting.value.index) / "value", std::move(text));
}

/// Sets a switch to `text`: over what the manifest says, or in the place of a ConfigMap's value.
inline Edits with_switch(const Subject& subject, const ContainerView& container, const Setting& setting,
                         const std::string& text) {
  if (setting.value.source != npos) {  // env wins over envFrom
    return {append_item(subject.pod.document(), container.path / "env",
                        object_of({{"name", setting.variable}, {"value", text}}))};
  }
  if (setting.value.config_map.empty()) return {with_value(container, setting, text)};
  const Pointer variable = variable_path(container, setting.value.index);
  return {removed(variable / "valueFrom"), Edit{variable / "value", text}};
}

/// Where a switch stands, or the source that it comes from.
inline Pointer switch_path(const ContainerView& container, const Setting& setting) {
  if (setting.value.source != npos) return container.path / "envFrom" / setting.value.source;
  return variable_path(container, setting.value.index);
}

/// A hazard of a variable.
inline Hazard hazard_at(const ContainerView& container, std::size_t index, std::string message, std::string remedy) {
  Hazard hazard;
  hazard.container = std::string(container.name());
  hazard.at = variable_path(container, index);
  hazard.message = std::move(message);
  hazard.remedy = std::move(remedy);
  return hazard;
}

/// The id of an unmet requirement about the variable `name` of the container, for Hazard::instead_of.
inline std::string unmet_variable(const Subject& subject, const ContainerView& container, std::string_view name) {
  for (const Unmet& unmet : subject.evaluation.unmet) {
    if (unmet.container != container.name()) continue;
    for (const Policy* policy : subject.policies) {
      const Requirement* requirement = policy->name == unmet.policy ? policy->find(unmet.requirement) : nullptr;
      if (requirement == nullptr || requirement->kind != "env") continue;
      if (text_member(requirement->parameters, "name") == name) return unmet.requirement;
    }
  }
  return {};
}

/// The same for whether diagnostics are on at all.
inline std::string unmet_diagnostics(const Subject& subject, const ContainerView& container) {
  return unmet_variable(subject, container, "DOTNET_EnableDiagnostics");
}

}  // namespace dotdiag
