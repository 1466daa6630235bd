#include "core/policy/targets.hpp"

#include "core/policy/dotnet_signs.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace dotdiag {
namespace {

/// Containers that meshes, secret stores and agents add, by name.
constexpr std::array<std::string_view, 16> known_sidecars = {
    "cloud-sql-proxy", "cloudsql-proxy", "consul-dataplane", "dapr-placement",   "daprd",        "datadog-agent",
    "envoy-sidecar",   "fluent-bit",     "istio-init",       "istio-proxy",      "kuma-sidecar", "linkerd-init",
    "linkerd-proxy",   "otc-container",  "vault-agent",      "vault-agent-init",
};

constexpr std::string_view default_container_annotation = "kubectl.kubernetes.io/default-container";

/// dotnet-monitor in an image of somebody's own: a mirror's, or one that is built around the tool.
bool is_another_monitor(const ContainerView& container) {
  if (container.image().find("dotnet-monitor") != std::string_view::npos) return true;
  const auto& variables = items_member(*container.json, "env");
  return std::any_of(variables.begin(), variables.end(),
                     [](const Json& variable) { return text_member(variable, "name").starts_with("DOTNETMONITOR_"); });
}

std::vector<Pointer> paths(const std::vector<ContainerView>& containers) {
  std::vector<Pointer> all;
  for (const ContainerView& container : containers)
    all.push_back(container.path);
  return all;
}

Targets named_targets(const PodView& pod, const std::vector<std::string>& names) {
  Targets targets;
  for (const std::string& name : names) {
    const auto container = pod.container(name);
    if (!container) return {{}, {}, "the pod has no container `" + name + "`"};
    targets.containers.push_back(container->path);
  }
  return targets;
}

}  // namespace

bool is_dotnet_monitor(const ContainerView& container) {
  return container.image().find("/dotnet/monitor") != std::string_view::npos ||
         container.image().find("/dotnet/nightly/monitor") != std::string_view::npos;
}

bool is_known_sidecar(const ContainerView& container) {
  return is_dotnet_monitor(container) || is_another_monitor(container) ||
         std::find(known_sidecars.begin(), known_sidecars.end(), container.name()) != known_sidecars.end();
}

std::vector<ContainerView> application_containers(const PodView& pod) {
  auto all = pod.containers();
  const auto& sidecars = pod.native_sidecars();
  std::copy_if(sidecars.begin(), sidecars.end(), std::back_inserter(all),
               [](const ContainerView& sidecar) { return looks_like_dotnet(sidecar) && !is_known_sidecar(sidecar); });
  return all;
}

Targets choose_targets(const PodView& pod, const Choices& choices) {
  if (!choices.containers.empty()) return named_targets(pod, choices.containers);
  if (const auto name = pod.annotation(default_container_annotation); !name.empty()) {
    if (const auto container = pod.container(name)) return {{container->path}, {}, {}};
  }
  auto candidates = application_containers(pod);
  std::erase_if(candidates, is_known_sidecar);
  if (candidates.empty()) candidates = pod.containers();
  if (candidates.size() == 1) return {paths(candidates), {}, {}};

  auto dotnet = candidates;
  std::erase_if(dotnet, [&](const ContainerView& container) {
    return !looks_like_dotnet(container) && !is_named_as_dotnet(pod, container);
  });
  if (!dotnet.empty()) return {paths(dotnet), {}, {}};
  return {{candidates.front().path},
          "none of " + std::to_string(candidates.size()) + " containers looks like .NET; took the first, `" +
              std::string(candidates.front().name()) + "`",
          {}};
}

}  // namespace dotdiag
