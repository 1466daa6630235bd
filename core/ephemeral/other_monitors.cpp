#include "core/ephemeral/other_monitors.hpp"

#include "core/ephemeral/pod_status.hpp"
#include "core/policy/rules/measures.hpp"
#include "core/policy/targets.hpp"

namespace dotdiag {
namespace {

constexpr std::string_view endpoint_variable = "DOTNETMONITOR_DiagnosticPort__EndpointName";
constexpr std::string_view shared_path_variable = "DOTNETMONITOR_Storage__DefaultSharedPath";

bool is_monitor(const ContainerView& container) {
  return is_dotnet_monitor(container) || !env_value(*container.json, endpoint_variable).is_absent() ||
         !env_value(*container.json, shared_path_variable).is_absent();
}

/// Where the monitor listens; empty where that cannot be seen, or where it does not listen.
/// Source: dotnet/dotnet-monitor, documentation/configuration/diagnostic-port-configuration.md.
std::string endpoint_of(const ContainerView& monitor) {
  const EnvValue endpoint = env_value(*monitor.json, endpoint_variable);
  if (!endpoint.value.empty()) return normal_path(endpoint.value);
  const EnvValue shared_path = env_value(*monitor.json, shared_path_variable);
  return shared_path.value.empty() ? "" : normal_path(shared_path.value + "/dotnet-monitor.sock");
}

/// True where `path` in the container is in the pod volume `volume`.
bool is_in_volume(const PodView& pod, const ContainerView& container, const std::string& path,
                  const std::string& volume) {
  const auto mount = mount_at(pod, *container.json, path);
  return mount && text_member(*mount->mount, "name") == volume;
}

/// A container that was only just added has no status yet, and is about to start.
bool may_run(const PodView& pod, const ContainerView& container) {
  return condition_of(pod, container.name()).state != ContainerState::terminated;
}

std::string port_forward(const PodView& pod) {
  const Workload& workload = pod.workload();
  if (!workload.is_pod()) return "kubectl port-forward";
  return "kubectl port-forward" + (workload.name_space.empty() ? "" : " -n " + workload.name_space) + " pod/" +
         workload.name + " 52323:52323";
}

}  // namespace

OtherMonitors find_other_monitors(const PodView& pod, const SharedVolume& volume, std::string_view socket) {
  const std::string endpoint = normal_path(volume.directory + "/" + std::string(socket));
  OtherMonitors others;
  for (const auto& containers : {pod.containers(), pod.native_sidecars(), ephemeral_containers(pod)}) {
    for (const ContainerView& container : containers) {
      if (!is_monitor(container) || !may_run(pod, container)) continue;
      const bool is_same = endpoint_of(container) == endpoint && is_in_volume(pod, container, endpoint, volume.volume);
      if (is_same) {
        others.same_endpoint = "the monitor " + named(container) + " listens at " + endpoint +
                               " already, and a second one would take its socket away: use that one, " +
                               port_forward(pod);
      } else {
        others.same_pod = "the monitor " + named(container) +
                          " runs in this pod too: where it has port 52323, the new one cannot start";
      }
    }
  }
  return others;
}

}  // namespace dotdiag
