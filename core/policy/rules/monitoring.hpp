// What several rules ask about a monitor and the containers that it watches.
#pragma once

#include "core/policy/monitor.hpp"
#include "core/policy/rules/debugging.hpp"
#include "core/policy/runtime_settings.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// The directory that `path` is in.
inline std::string parent_directory(std::string_view path) {
  const auto slash = path.find_last_of('/');
  return slash == std::string_view::npos || slash == 0 ? "/" : std::string(path.substr(0, slash));
}

/// The sockets to which a container's runtime connects (DOTNET_DiagnosticPorts).
struct RuntimePorts {
  bool is_known = true;
  std::vector<std::string> addresses;
};

inline RuntimePorts runtime_ports(const ContainerView& container) {
  constexpr std::string_view name = "DOTNET_DiagnosticPorts";
  const EnvValue value = env_value(*container.json, name);
  const bool may_be_set = value.is_absent() && env_from_may_set(*container.json, name);
  if (may_be_set || value.kind == EnvValue::Kind::unknown) return {false, {}};
  RuntimePorts ports;
  for (const DiagnosticPort& port : parse_diagnostic_ports(value.value)) {
    if (!port.listens) ports.addresses.push_back(normal_path(port.address));
  }
  return ports;
}

/// True where `path` is in the same place for both: the same part of the same volume.
inline bool have_in_common(const PodView& pod, const ContainerView& one, const ContainerView& other,
                           std::string_view path) {
  const auto place = place_of(pod, one, path);
  return place && place == place_of(pod, other, path);
}

/// The address at which a watched runtime expects the monitor, in a volume that the monitor mounts; empty where none
/// does.
inline std::string awaited_at(const Monitor& monitor, const Subject& subject,
                              const std::vector<ContainerView>& watched) {
  for (const ContainerView& target : watched) {
    for (const std::string& address : runtime_ports(target).addresses) {
      if (have_in_common(subject.pod, monitor.container(), target, address)) return address;
    }
  }
  return {};
}

/// What keeps a monitor that connects from finding a process.
enum class Hindrance { none, processes, sockets };

/// Nothing is held against what cannot be known: a --target on kubectl's command line, a TMPDIR from a ConfigMap.
inline Hindrance hindrance_to_connecting(const Monitor& monitor, const Subject& subject,
                                         const std::vector<ContainerView>& watched) {
  const PodView& pod = subject.pod;
  const ContainerView& own = monitor.container();
  if (goes_through_proc(own)) return Hindrance::none;
  const bool may_join = monitor.debugger() != nullptr &&
                        (is_custom_profile(subject) || !text_member(*own.json, "targetContainerName").empty());
  if (!sees_all_processes(pod) && !may_join) return Hindrance::processes;
  const auto directory = socket_directory(own);
  if (!directory || mounts_unknown_volume(pod, own)) return Hindrance::none;
  const auto place = place_of(pod, own, *directory);
  const bool finds_one = std::any_of(watched.begin(), watched.end(), [&](const ContainerView& target) {
    const auto other = socket_directory(target);
    return !other || (place && place == place_of(pod, target, *other));
  });
  return finds_one ? Hindrance::none : Hindrance::sockets;
}

/// `\`app\``, or `none of the targets` where there are several.
inline std::string named_targets(const std::vector<ContainerView>& watched) {
  return watched.size() == 1 ? named(watched.front()) : "the " + std::to_string(watched.size()) + " targets";
}

/// Adds a variable to a monitor in the pod, if that has none of that name.
inline void add_variable(const Monitor& monitor, std::string_view name, std::string value, Additions& additions) {
  additions.append(monitor.container().path / "env",
                   Json::object({{"name", "DOTNETMONITOR_" + std::string(name)}, {"value", std::move(value)}}));
}

}  // namespace dotdiag
