#include "core/policy/rules/diagnostic_ports.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/shared_directories.hpp"

namespace dotdiag {
namespace {

/// True where the rules about the policy's own directory judge the mount.
bool is_judged_elsewhere(const Subject& subject, const ContainerView& container, const MountView& mount) {
  const auto& directories = subject.ask(shared_directories);
  return std::any_of(directories.begin(), directories.end(), [&](const SharedDirectory& directory) {
    return directory.container.path == container.path && directory.mount && directory.mount->index == mount.index;
  });
}

/// Why no monitor can put a socket there; empty where one can.
std::string obstacle(const Subject& subject, const ContainerView& container, const std::string& directory) {
  if (will_be_shared(subject, container, directory)) return {};
  const auto mount = mount_at(subject.pod, *container.json, directory);
  if (!mount) return "no volume is mounted at " + shown(directory);
  constexpr std::array<std::string_view, 4> files = {"configMap", "secret", "projected", "downwardAPI"};
  const auto source = mount->volume == nullptr ? std::string_view{} : volume_source(*mount->volume);
  const bool holds_files = std::find(files.begin(), files.end(), source) != files.end();
  if (!holds_files || is_judged_elsewhere(subject, container, *mount)) return {};
  return "nothing can be written to the " + std::string(source) + " volume at " + shown(mount->path);
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const DiagnosticPorts& all : subject.ask(diagnostic_ports)) {
    for (const DiagnosticPort& port : all.ports) {
      if (!is_absolute(port.address) || port.listens) continue;
      const std::string why = obstacle(subject, all.container, directory_of(port.address));
      if (why.empty()) continue;
      hazards.push_back(
          hazard_at(all.container, all.setting.value.index,
                    "no monitor can listen at " + shown(port.address) + " of " + named(all.container) + ": " + why,
                    "mount an emptyDir at " + shown(directory_of(port.address))));
    }
  }
  return hazards;
}

}  // namespace

const Rule diagnostic_port_not_shared{
    "diagnostic-port-not-shared",
    Severity::error,
    Rule::Scope::pod,
    "the diagnostic port is in a directory that no monitor shares",
    "The runtime connects to a socket that the monitor makes, and containers meet in volumes only. Where the "
    "directory is the container's own, dotnet-monitor lists no process and answers \"Unable to discover a target "
    "process.\"; a port that suspends keeps the application waiting.",
    "Mount an emptyDir at the directory of the address, and mount the same one in the monitor.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/configuration/diagnostic-port-configuration.md",
    check,
};

}  // namespace dotdiag
