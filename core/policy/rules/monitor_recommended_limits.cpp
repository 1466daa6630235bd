#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

constexpr std::int64_t recommended = std::int64_t{256} * 1024 * 1024;

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    const ContainerView& container = monitor.container();
    const auto limit = limit_of(*container.json, "memory");
    // An ephemeral container has no resources: ec-forbidden-field says so.
    if (monitor.debugger() != nullptr || !limit || limit->value() >= recommended) continue;
    hazards.push_back({std::string(container.name()), container.path / "resources" / "limits" / "memory",
                       monitor.subject() + " has a memory limit of " + limit->text() + "; 256Mi is recommended",
                       "raise it to 256Mi"});
  }
  return hazards;
}

}  // namespace

const Rule monitor_recommended_limits{
    "monitor-recommended-limits",
    Severity::note,
    Rule::Scope::monitor,
    "the monitor has less memory than its documentation recommends",
    "dotnet-monitor recommends a limit of 256Mi for its container. With less it is OOMKilled while it streams a "
    "trace or a gcdump, and what was collected is lost.",
    "Raise the memory limit to 256Mi or more.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/kubernetes.md",
    check,
};

}  // namespace dotdiag
