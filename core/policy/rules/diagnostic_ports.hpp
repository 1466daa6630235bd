// DOTNET_DiagnosticPorts of a container, and who is to listen at its addresses.
#pragma once

#include "core/policy/monitor.hpp"
#include "core/policy/rules/paths.hpp"
#include "core/policy/rules/settings.hpp"
#include "core/policy/words.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// More than anybody has. With a limit, a value of nothing but ports takes no longer to judge than another.
inline constexpr std::size_t most_ports = 16;

/// The ports that the runtime is told to connect to.
struct DiagnosticPorts {
  ContainerView container;
  Setting setting;
  std::vector<DiagnosticPort> ports;
};

/// Those of each target whose value is known.
inline std::vector<DiagnosticPorts> diagnostic_ports(const Subject& subject) {
  std::vector<DiagnosticPorts> all;
  for (const ContainerView& target : subject.targets()) {
    Setting setting = effective_setting(subject, target, "DiagnosticPorts");
    if (!setting.is_known()) continue;
    auto ports = parse_diagnostic_ports(setting.value.value);
    if (ports.size() > most_ports) ports.erase(ports.begin() + most_ports, ports.end());
    all.push_back({target, std::move(setting), std::move(ports)});
  }
  return all;
}

/// What the port has that the runtime reads otherwise than it was meant; empty where nothing is wrong.
inline std::string fault_of(const DiagnosticPort& port) {
  if (is_port_tag(port.address)) return "takes `" + port.address + "` for an address: that has to come first";
  if (port.address != trimmed(port.address)) return "has a blank in the address `" + shown(port.address) + "`";
  if (!is_absolute(port.address)) return "has `" + shown(port.address) + "`, which is no absolute path";
  if (port.unknown_tags.empty()) return port.listens ? "has a port that listens, which the runtime ignores" : "";
  const std::string& tag = port.unknown_tags.front();
  if (is_port_tag(trimmed(tag))) return "has the tag `" + shown(tag) + "`, which its blank makes unknown";
  return "has the tag `" + shown(tag) + "`, which the runtime ignores";
}

/// True where the runtime reads all of `value` as it was meant.
inline bool is_faultless(std::string_view value) {
  const auto ports = parse_diagnostic_ports(value);
  return std::all_of(ports.begin(), ports.end(), [](const DiagnosticPort& port) { return fault_of(port).empty(); });
}

/// The address that a requirement of kind `diagnostic-port` asks for in the container.
inline std::string asked_address(const Subject& subject, const Policy& policy, const Requirement& requirement,
                                 const ContainerView& container) {
  const auto volume = text_member(requirement.parameters, "directoryOf");
  const Requirement* wanted = policy.find(volume);
  std::string directory(wanted == nullptr ? "" : text_member(wanted->parameters, "mountPath"));
  for (const SharedVolume& shared : subject.evaluation.volumes) {
    if (shared.container == container.name() && shared.requirement == volume) directory = shared.directory;
  }
  return directory + "/" + std::string(text_member(requirement.parameters, "socket"));
}

/// The id of the requirement that is unmet because of this very address; empty where there is none.
inline std::string unmet_port(const Subject& subject, const ContainerView& container, std::string_view address) {
  for (const Unmet& unmet : subject.evaluation.unmet) {
    if (unmet.container != container.name()) continue;
    for (const Policy* policy : subject.policies) {
      const Requirement* requirement = policy->name == unmet.policy ? policy->find(unmet.requirement) : nullptr;
      if (requirement == nullptr || requirement->kind != "diagnostic-port") continue;
      if (asked_address(subject, *policy, *requirement, container) == address) return unmet.requirement;
    }
  }
  return {};
}

/// The dotnet-monitor in the pod that listens, or may listen, at the target's `address`: it shares the volume.
inline std::string listener_at(const Subject& subject, const ContainerView& target, std::string_view address) {
  const auto own = mount_at(subject.pod, *target.json, directory_of(address));
  if (!own) return {};
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    const MonitorSetting endpoint = monitor.endpoint();
    if (monitor.mode() == Monitor::Mode::connect || endpoint.is_absent()) continue;
    const std::string path = endpoint.is_known() ? endpoint.value : std::string(address);
    const auto mount = mount_at(subject.pod, *monitor.container().json, directory_of(path));
    if (!mount || !is_absolute(path) || text_member(*mount->mount, "name") != text_member(*own->mount, "name"))
      continue;
    const std::string rest = normal_path(path).substr(mount->path.size());
    if (!endpoint.is_known() || rest == normal_path(address).substr(own->path.size()))
      return std::string(monitor.container().name());
  }
  return {};
}

}  // namespace dotdiag
