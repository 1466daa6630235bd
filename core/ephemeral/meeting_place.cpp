#include "core/ephemeral/meeting_place.hpp"

#include "core/policy/rules/mounts.hpp"
#include "core/policy/runtime_settings.hpp"

#include <algorithm>
#include <utility>

namespace dotdiag {
namespace {

constexpr std::string_view ports_variable = "DOTNET_DiagnosticPorts";

std::string emptydir_at(const std::string& directory) {
  return "mount an emptyDir at " + directory + " and roll the pods";
}

/// What is wrong with a mount that cannot be mounted twice.
std::string fault(const PodView& pod, const MountView& mount) {
  if (mount.volume == nullptr) return unfit(pod, mount);
  return is_read_only(mount) ? "a read-only mount" : "a subPath mount, which an ephemeral container may not have,";
}

SharedVolume shared(const ContainerView& target, const MountView& mount, const std::string& directory) {
  return {std::string(target.name()), "", std::string(text_member(*mount.volume, "name")), mount.path, directory};
}

Obstacle unknown_directory(const ContainerView& target) {
  return {"the TMPDIR of " + named(target) + " is only known at run time",
          "set it to a path in the manifest and roll the pods"};
}

/// The volume that serves `directory`, or why there is none to share.
MeetingPlace place_at(const PodView& pod, const ContainerView& target, const std::string& directory) {
  MeetingPlace place;
  const auto mount = mount_at(pod, *target.json, directory);
  if (!mount) {
    place.obstacle = {named(target) + " has no volume at " + directory + " that a debugger could mount too",
                      emptydir_at(directory)};
  } else if (!can_be_mounted_twice(*mount)) {
    place.obstacle = {named(target) + " has " + fault(pod, *mount) + " at " + mount->path, emptydir_at(directory)};
  } else {
    place.volumes.push_back(shared(target, *mount, directory));
    if (auto warning = shared_with_others(*mount, directory); !warning.empty())
      place.warnings.push_back(std::move(warning));
  }
  return place;
}

MeetingPlace place_of_socket(const PodView& pod, const ContainerView& target) {
  const auto directory = socket_directory(target);
  if (directory) return place_at(pod, target, *directory);
  MeetingPlace place;
  place.obstacle = unknown_directory(target);
  return place;
}

/// The runtime connects to each address that it is given and that it does not listen at.
MeetingPlace place_of_port(const PodView& pod, const ContainerView& target) {
  MeetingPlace place;
  const EnvValue value = env_value(*target.json, ports_variable);
  if (value.kind == EnvValue::Kind::unknown) {
    place.obstacle = {"the " + std::string(ports_variable) + " of " + named(target) + " is only known at run time",
                      "set it to an address in the manifest and roll the pods"};
    return place;
  }
  place.obstacle = {named(target) + " connects to no diagnostic port",
                    "set " + std::string(ports_variable) +
                        "=/diag/port.sock,nosuspend on it, mount an emptyDir at /diag and roll the pods"};
  for (const DiagnosticPort& port : parse_diagnostic_ports(value.value)) {
    if (port.listens || port.address.front() != '/') continue;
    const std::string path = normal_path(port.address);
    place = place_at(pod, target, path.substr(0, std::max<std::size_t>(path.rfind('/'), 1)));
    if (!place.obstacle.empty()) continue;
    place.port = path;
    if (port.suspends)
      place.warnings.push_back(named(target) + " waits at its start until somebody connects to " + path +
                               " and resumes it: add `,nosuspend` to its " + std::string(ports_variable));
    return place;
  }
  return place;
}

}  // namespace

bool can_be_mounted_twice(const MountView& mount) {
  return mount.volume != nullptr && !is_read_only(mount) && sub_path_field(mount).empty();
}

std::string shared_with_others(const MountView& mount, const std::string& directory) {
  const std::string source(volume_source(*mount.volume));
  if (source == "emptyDir") return {};
  return directory + " is the " + source + " volume `" + std::string(text_member(*mount.volume, "name")) +
         "`: other pods may keep sockets there too, take the newest";
}

Obstacle why_no_socket(const PodView& pod, const ContainerView& target) {
  const auto directory = socket_directory(target);
  if (!directory) return unknown_directory(target);
  const auto mount = mount_at(pod, *target.json, *directory);
  const bool is_closed_root = is_true(security_field(pod, *target.json, "readOnlyRootFilesystem"));
  const std::string consequence = ", so the runtime could not make its diagnostic socket";
  if (is_closed_root && !mount)
    return {named(target) + " has a read-only root file system and no volume at " + *directory + consequence,
            "mount an emptyDir there and roll the pods"};
  if (mount && is_read_only(*mount))
    return {named(target) + " has a read-only mount at " + mount->path + consequence, emptydir_at(*directory)};
  return {};
}

MeetingPlace find_meeting_place(DebugMode mode, const PodView& pod, const ContainerView& target) {
  if (mode == DebugMode::listen) return place_of_port(pod, target);
  if (mode == DebugMode::procroot) return {{}, "", why_no_socket(pod, target), {}};
  return place_of_socket(pod, target);
}

}  // namespace dotdiag
