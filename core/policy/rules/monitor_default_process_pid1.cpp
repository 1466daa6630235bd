#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/process_name.hpp"
#include "core/policy/rules/rules.hpp"

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

/// No fix: a name that is wrong leaves the monitor without any process.
std::string remedy(const std::string& name) {
  const std::string key = "set DOTNETMONITOR_" + std::string(filter) + "Key=ProcessName and ...Value=";
  return name.empty() ? "ask with pid=, or " + key + "the name that /processes shows" : key + name;
}

std::vector<Hazard> check(const Subject& subject) {
  const bool is_host = subject.pod.host_pid();
  if (!sees_all_processes(subject.pod)) return {};
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    const auto at = looks_at_process_one(monitor);
    if (!at) continue;
    const auto watched = watched_by(monitor, subject);
    const std::string name = watched.empty() ? std::string() : process_name(watched.front());
    Hazard hazard{
        std::string(monitor.container().name()), *at,
        monitor.subject() + " looks at process 1, which is " + (is_host ? "the node's init" : "the pod's pause"),
        remedy(name)};
    // Whoever injects a monitor asks it, and can name the process.
    if (monitor.debugger() != nullptr && name.empty()) hazard.severity = Severity::note;
    hazards.push_back(std::move(hazard));
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
    "Ask with the pid= or uid= that /processes shows. Or set DOTNETMONITOR_DefaultProcess__Filters__0__Key=ProcessName "
    "and ...__Value to the name shown there: `dotnet`, or that of the application's own program, which an "
    "image may start instead.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/configuration/default-process-configuration.md",
    check,
};

}  // namespace dotdiag
