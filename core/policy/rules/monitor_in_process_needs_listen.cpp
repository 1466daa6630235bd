#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    if (monitor.mode() != Monitor::Mode::connect) continue;
    const auto tell = [&](const MonitorSetting& setting, const char* what) {
      if (!setting.is_known()) return;
      hazards.push_back({std::string(monitor.container().name()), setting.at,
                         monitor.subject() + " is in Connect mode, in which " + what + " do not work",
                         "set DOTNETMONITOR_DiagnosticPort__ConnectionMode=Listen"});
    };
    tell(monitor.first_of("CollectionRules__"), "collection rules");
    tell(monitor.first_of("InProcessFeatures__", "true"), "in-process features");
  }
  return hazards;
}

}  // namespace

const Rule monitor_in_process_needs_listen{
    "monitor-in-process-needs-listen",
    Severity::warning,
    Rule::Scope::monitor,
    "the monitor is told to do what it can only do in Listen mode",
    "Collection rules, call stacks and exceptions need a monitor to which the application connects at its start. "
    "In Connect mode, the default, rules never trigger and the features stay off; at most a warning is logged.",
    "Set DOTNETMONITOR_DiagnosticPort__ConnectionMode=Listen, and DOTNET_DiagnosticPorts in the application.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/configuration/diagnostic-port-configuration.md",
    check,
};

}  // namespace dotdiag
