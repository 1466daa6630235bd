#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/shell_command.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::string_view filter = "DefaultProcess__Filters__0__";

MonitorSetting part(const Monitor& monitor, std::string_view name) {
  return monitor.setting(std::string(filter) + std::string(name));
}

/// True where the filter is not about a process id, or cannot be known.
bool filters_otherwise(const Monitor& monitor) {
  for (const char* name : {"ProcessName", "CommandLine", "ManagedEntryPointAssemblyName"}) {
    if (!part(monitor, name).is_absent()) return true;
  }
  const MonitorSetting key = part(monitor, "Key");
  const MonitorSetting value = part(monitor, "Value");
  return (key.is_known() && !equal_but_for_case(key.value, "ProcessId") && !value.is_absent());
}

/// What makes the monitor look at process 1, to point at; nothing where it does not.
std::optional<Pointer> looks_at_process_one(const Monitor& monitor) {
  if (filters_otherwise(monitor)) return std::nullopt;
  for (const char* name : {"ProcessId", "Value"}) {
    const MonitorSetting written = part(monitor, name);
    if (written.is_absent()) continue;
    return written.is_known() && written.value == "1" ? std::optional(written.at) : std::nullopt;
  }
  const MonitorSetting key = part(monitor, "Key");
  return monitor.has_known_image() ? std::optional(key.at) : std::nullopt;
}

/// How the monitor calls the first target's process, as far as the pod tells.
std::string process_name(const std::vector<ContainerView>& watched) {
  if (watched.empty()) return "dotnet";
  const auto& command = items_member(*watched.front().json, "command");
  const auto* program = command.empty() ? nullptr : command.front().get_ptr<const Json::string_t*>();
  if (program == nullptr || is_shell(*program)) return "dotnet";
  return program->substr(program->find_last_of('/') + 1);
}

/// True where the image's entry point is likely to be `dotnet`: nothing else is said.
bool runs_dotnet(const ContainerView& target) {
  const auto& command = items_member(*target.json, "command");
  return command.empty() || command.front() == "dotnet" || command.front() == "/usr/bin/dotnet";
}

/// Only where nothing is said about the filter at all.
Edits fix(const Monitor& monitor, const Subject& subject) {
  const auto watched = watched_by(monitor, subject);
  const bool is_free =
      part(monitor, "Key").is_absent() && part(monitor, "Value").is_absent() && part(monitor, "ProcessId").is_absent();
  if (monitor.debugger() != nullptr || !is_free || watched.empty()) return {};
  if (!std::all_of(watched.begin(), watched.end(), runs_dotnet)) return {};
  Additions additions(subject.pod.document());
  add_variable(monitor, std::string(filter) + "Key", "ProcessName", additions);
  add_variable(monitor, std::string(filter) + "Value", "dotnet", additions);
  return additions.take();
}

std::vector<Hazard> check(const Subject& subject) {
  const bool is_host = subject.pod.host_pid();
  if (!is_host && !shares_processes(subject.pod)) return {};
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : monitors_of(subject)) {
    const auto at = looks_at_process_one(monitor);
    if (!at) continue;
    hazards.push_back(
        {std::string(monitor.container().name()), *at,
         monitor.subject() + " looks at process 1, which is " + (is_host ? "the node's init" : "the pod's pause"),
         "set DOTNETMONITOR_" + std::string(filter) +
             "Key=ProcessName and ...Value=" + process_name(watched_by(monitor, subject)),
         std::nullopt, fix(monitor, subject)});
  }
  return hazards;
}

}  // namespace

const Rule monitor_default_process_pid1{
    "monitor-default-process-pid1",
    Severity::warning,
    Rule::Scope::monitor,
    "the monitor looks at process 1, which is not the application",
    "The image sets DefaultProcess__Filters__0 to the process with id 1. With shareProcessNamespace that is the "
    "pod's pause container, so a request that names no process is answered 400 \"Unable to discover a target "
    "process.\", and metrics stay empty.",
    "Set DOTNETMONITOR_DefaultProcess__Filters__0__Key=ProcessName and ...__Value to the process's name (dotnet, "
    "where the image starts that), and ask with uid=, not pid=1.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/configuration/default-process-configuration.md",
    check,
};

}  // namespace dotdiag
