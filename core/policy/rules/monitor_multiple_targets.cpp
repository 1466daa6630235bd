#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// True where the container's runtime comes to the monitor, or is found by it.
bool is_met(const Monitor& monitor, const Subject& subject, const ContainerView& target) {
  if (monitor.mode() == Monitor::Mode::connect)
    return hindrance_to_connecting(monitor, subject, {target}) == Hindrance::none;
  const MonitorSetting endpoint = monitor.endpoint();
  const RuntimePorts ports = runtime_ports(target);
  return endpoint.is_known() && std::find(ports.addresses.begin(), ports.addresses.end(),
                                          normal_path(endpoint.value)) != ports.addresses.end();
}

/// True where the filter fits every application alike: process 1 in process namespaces of their own, or `dotnet`.
bool fits_all(const Monitor& monitor, const PodView& pod) {
  constexpr std::string_view filter = "DefaultProcess__Filters__0__";
  for (const char* name : {"ProcessName", "Value"}) {
    const MonitorSetting written = monitor.setting(std::string(filter) + name);
    if (written.is_known()) return written.value == "dotnet" || (written.value == "1" && !sees_all_processes(pod));
    if (!written.is_absent()) return false;
  }
  const bool is_short = !monitor.first_of(filter).is_absent();
  return monitor.has_known_image() && !is_short && !sees_all_processes(pod);
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    auto watched = watched_by(monitor, subject);
    std::erase_if(watched, [&](const ContainerView& target) { return !is_met(monitor, subject, target); });
    if (watched.size() < 2 || !fits_all(monitor, subject.pod)) continue;
    hazards.push_back(
        {std::string(monitor.container().name()), monitor.container().path,
         monitor.subject() + " cannot tell " + named(watched[0]) + " and " + named(watched[1]) + " apart by itself",
         "pass uid= with each request"});
  }
  return hazards;
}

}  // namespace

const Rule monitor_multiple_targets{
    "monitor-multiple-targets",
    Severity::note,
    Rule::Scope::monitor,
    "several applications answer to the monitor's default process",
    "A request without pid, uid or name goes to the default process. Where several match, it is answered 400 "
    "\"Unable to select a single target process because multiple target processes have been discovered.\", and "
    "metrics stay empty.",
    "Ask /processes and pass uid= with each request, or set a filter that fits one of them, such as "
    "DOTNETMONITOR_DefaultProcess__Filters__0__Key=ManagedEntryPointAssemblyName.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/api/defaultprocess.md",
    check,
};

}  // namespace dotdiag
