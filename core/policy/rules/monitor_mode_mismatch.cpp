#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// True where the runtime comes to `endpoint`, or may come.
bool may_come(const Monitor& monitor, const Subject& subject, const ContainerView& target,
              const std::string& endpoint) {
  const RuntimePorts ports = runtime_ports(target);
  const auto place = place_of(subject.pod, monitor.container(), endpoint);
  return !ports.is_known ||
         std::any_of(ports.addresses.begin(), ports.addresses.end(), [&](const std::string& address) {
           return address == endpoint || (place && place == place_of(subject.pod, target, address));
         });
}

/// An address at which a target looks for a monitor; empty where none does.
std::string other_address(const std::vector<ContainerView>& watched) {
  for (const ContainerView& target : watched) {
    const RuntimePorts ports = runtime_ports(target);
    if (!ports.addresses.empty()) return ports.addresses.front();
  }
  return {};
}

/// The requirement that says the same about the target, and whether it can cure it.
const Unmet* unmet_port(const Subject& subject, const ContainerView& target) {
  const std::string id = subject.debugger == nullptr ? subject.unmet(target, "diagnostic-port") : "";
  const auto& all = subject.evaluation.unmet;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Unmet& one) {
    return one.requirement == id && one.container == target.name();
  });
  return id.empty() || found == all.end() ? nullptr : &*found;
}

Hazard without_port(const Monitor& monitor, const std::vector<ContainerView>& watched, const std::string& path) {
  return {std::string(monitor.container().name()), monitor.mode_at(),
          monitor.subject() + " listens at " + path + ", but " + named_targets(watched) +
              (watched.size() == 1 ? " does" : " do") + " not set DOTNET_DiagnosticPorts",
          "set DOTNET_DiagnosticPorts=" + path + ",nosuspend there"};
}

Hazard with_other_port(const Monitor& monitor, const Subject& subject, const std::vector<ContainerView>& watched,
                       const std::string& path, const std::string& other) {
  constexpr std::string_view endpoint = "DiagnosticPort__EndpointName";
  Hazard hazard{std::string(monitor.container().name()), monitor.endpoint().at,
                monitor.subject() + " listens at " + path + ", but " + named_targets(watched) +
                    (watched.size() == 1 ? " connects" : " connect") + " to " + other,
                "set DOTNETMONITOR_" + std::string(endpoint) + "=" + other};
  const bool is_unset = monitor.setting("DiagnosticPort").is_absent() && monitor.setting(endpoint).is_absent();
  if (monitor.debugger() != nullptr || !is_unset || awaited_at(monitor, subject, watched) != other) return hazard;
  Additions additions(subject.pod.document());
  add_variable(monitor, endpoint, other, additions);
  hazard.fix = additions.take();
  return hazard;
}

std::optional<Hazard> nobody_comes(const Monitor& monitor, const Subject& subject,
                                   const std::vector<ContainerView>& watched) {
  const MonitorSetting endpoint = monitor.endpoint();
  if (!endpoint.is_known()) return std::nullopt;
  const std::string path = normal_path(endpoint.value);
  for (const ContainerView& target : watched) {
    if (may_come(monitor, subject, target, path)) return std::nullopt;
  }
  const Unmet* unmet = unmet_port(subject, watched.front());
  if (unmet != nullptr && !unmet->is_conflict()) return std::nullopt;
  const std::string other = other_address(watched);
  Hazard hazard =
      other.empty() ? without_port(monitor, watched, path) : with_other_port(monitor, subject, watched, path, other);
  if (unmet != nullptr) hazard.instead_of = unmet->requirement;
  return hazard;
}

std::optional<Hazard> both_wait(const Monitor& monitor, const Subject& subject,
                                const std::vector<ContainerView>& watched) {
  const std::string address = awaited_at(monitor, subject, watched);
  if (address.empty() || hindrance_to_connecting(monitor, subject, watched) == Hindrance::none) return std::nullopt;
  Hazard hazard{std::string(monitor.container().name()), monitor.mode_at(),
                monitor.subject() + " does not listen, but " + named_targets(watched) +
                    (watched.size() == 1 ? " connects" : " connect") + " to " + address,
                "set DOTNETMONITOR_DiagnosticPort__ConnectionMode=Listen"};
  const bool is_unset = monitor.mode_at() == monitor.container().path && monitor.endpoint().is_absent();
  if (monitor.debugger() != nullptr || !is_unset) return hazard;
  Additions additions(subject.pod.document());
  add_variable(monitor, "DiagnosticPort__ConnectionMode", "Listen", additions);
  add_variable(monitor, "DiagnosticPort__EndpointName", address, additions);
  hazard.fix = additions.take();
  return hazard;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    const auto watched = watched_by(monitor, subject);
    if (watched.empty() || monitor.mode() == Monitor::Mode::unknown) continue;
    auto hazard = monitor.mode() == Monitor::Mode::listen ? nobody_comes(monitor, subject, watched)
                                                          : both_wait(monitor, subject, watched);
    if (hazard) hazards.push_back(*std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule monitor_mode_mismatch{
    "monitor-mode-mismatch",
    Severity::error,
    Rule::Scope::monitor,
    "monitor and application do not meet at one socket",
    "In Listen mode the application connects to the monitor's socket, by DOTNET_DiagnosticPorts; in Connect mode "
    "(the default) the monitor looks for the application's. Where both wait, or meet at different sockets, "
    "/processes is [] and every request is answered 400 \"Unable to discover a target process.\"",
    "Set DOTNETMONITOR_DiagnosticPort__ConnectionMode=Listen, and the same socket as its endpoint and in the "
    "application's DOTNET_DiagnosticPorts, with \",nosuspend\".",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/configuration/diagnostic-port-configuration.md",
    check,
};

}  // namespace dotdiag
