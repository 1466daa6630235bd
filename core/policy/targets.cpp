#include "core/policy/targets.hpp"

#include "core/policy/words.hpp"

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

/// Containers that meshes, secret stores and agents add, by name.
constexpr std::array<std::string_view, 16> known_sidecars = {
    "cloud-sql-proxy", "cloudsql-proxy", "consul-dataplane", "dapr-placement",   "daprd",        "datadog-agent",
    "envoy-sidecar",   "fluent-bit",     "istio-init",       "istio-proxy",      "kuma-sidecar", "linkerd-init",
    "linkerd-proxy",   "otc-container",  "vault-agent",      "vault-agent-init",
};

constexpr std::string_view default_container_annotation = "kubectl.kubernetes.io/default-container";

bool starts_with(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

bool is_dotnet_command(const Json& words) {
  if (!words.is_array() || words.empty() || !words.front().is_string()) return false;
  const std::string_view program = words.front().get_ref<const std::string&>();
  return program == "dotnet" || program.substr(program.find_last_of('/') + 1) == "dotnet";
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

bool looks_like_dotnet(const ContainerView& container) {
  if (container.image().find("/dotnet/") != std::string_view::npos) return true;
  for (const Json& variable : items_member(*container.json, "env")) {
    const auto name = text_member(variable, "name");
    if (starts_with(name, "DOTNET_") || starts_with(name, "ASPNETCORE_") || starts_with(name, "COMPlus_")) return true;
  }
  for (const char* field : {"command", "args"}) {
    const Json* words = member(*container.json, field);
    if (words != nullptr && is_dotnet_command(*words)) return true;
  }
  return false;
}

bool is_dotnet_monitor(const ContainerView& container) {
  return container.image().find("/dotnet/monitor") != std::string_view::npos ||
         container.image().find("/dotnet/nightly/monitor") != std::string_view::npos;
}

bool is_known_sidecar(const ContainerView& container) {
  return is_dotnet_monitor(container) ||
         std::find(known_sidecars.begin(), known_sidecars.end(), container.name()) != known_sidecars.end();
}

Targets choose_targets(const PodView& pod, const Choices& choices) {
  if (!choices.containers.empty()) return named_targets(pod, choices.containers);
  if (const auto name = pod.annotation(default_container_annotation); !name.empty()) {
    if (const auto container = pod.container(name)) return {{container->path}, {}, {}};
  }
  auto candidates = pod.containers();
  std::erase_if(candidates, is_known_sidecar);
  if (candidates.empty()) candidates = pod.containers();
  if (candidates.size() == 1) return {paths(candidates), {}, {}};

  auto dotnet = candidates;
  std::erase_if(dotnet, [](const ContainerView& container) { return !looks_like_dotnet(container); });
  if (!dotnet.empty()) return {paths(dotnet), {}, {}};
  return {{candidates.front().path},
          "none of " + std::to_string(candidates.size()) + " containers looks like .NET; took the first, `" +
              std::string(candidates.front().name()) + "`",
          {}};
}

}  // namespace dotdiag
