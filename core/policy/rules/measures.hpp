// Sizes and numbers that several rules read from a pod.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/document/quantity.hpp"
#include "core/policy/evaluate.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

/// The container's name as messages write it. Knative lets it be left out.
inline std::string named(const ContainerView& container) {
  return container.name().empty() ? "the unnamed container" : "`" + std::string(container.name()) + "`";
}

/// The quantity at `pointer` below `json`, a string or a number; nothing where it is absent or no quantity.
inline std::optional<Quantity> quantity_at(const Json& json, const Pointer& pointer) {
  const Json* value = value_at(json, pointer);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (value->is_string()) return Quantity::parse(value->get_ref<const std::string&>());
  return value->is_number() ? Quantity::parse(value->dump()) : std::nullopt;
}

/// The limit of `resource` (`memory`, `ephemeral-storage`) of a container.
inline std::optional<Quantity> limit_of(const Json& container, std::string_view resource) {
  return quantity_at(container, Pointer{} / "resources" / "limits" / resource);
}

/// The integer at member `key`, or `otherwise`.
inline std::int64_t integer_member(const Json& object, std::string_view key, std::int64_t otherwise) {
  const Json* value = member(object, key);
  return value != nullptr && value->is_number_integer() ? value->get<std::int64_t>() : otherwise;
}

/// Where to point for what security_field() finds: the container's own field, else the pod's.
inline Pointer security_path(const PodView& pod, const ContainerView& container, std::string_view field) {
  const Json* context = member(*container.json, "securityContext");
  const bool is_own = context != nullptr && member(*context, field) != nullptr;
  return (is_own ? container.path : pod.spec_path()) / "securityContext" / field;
}

/// True where the container cannot run as root: by its effective runAsUser, else by runAsNonRoot.
inline bool is_not_root(const PodView& pod, const ContainerView& container) {
  if (const auto user = run_as_user(pod, *container.json)) return *user != 0;
  const Json* non_root = security_field(pod, *container.json, "runAsNonRoot");
  return non_root != nullptr && *non_root == true;
}

/// True where `value` is there and is `true`.
inline bool is_true(const Json* value) {
  return value != nullptr && *value == true;
}

/// True where the pod has a process namespace of its own for all its containers: process 1 is its pause.
inline bool shares_processes(const PodView& pod) {
  return is_true(member(pod.spec(), "shareProcessNamespace"));
}

/// True where all containers of the pod see each other's processes, be it with all others of the node.
inline bool sees_all_processes(const PodView& pod) {
  return shares_processes(pod) || pod.host_pid();
}

/// The annotation that marks a static pod, or its mirror in the API: the kubelet runs it from a file or an address.
/// Source: kubernetes.io, Well-Known Labels, Annotations and Taints, `kubernetes.io/config.mirror` and `.source`.
inline std::optional<Pointer> static_pod_mark(const PodView& pod) {
  if (!pod.workload().is_pod()) return std::nullopt;
  const Pointer at = pod.workload().pod_metadata / "annotations";
  const Json* annotations = value_at(pod.document(), at);
  if (annotations == nullptr) return std::nullopt;
  if (member(*annotations, "kubernetes.io/config.mirror") != nullptr) return at / "kubernetes.io/config.mirror";
  const auto source = text_member(*annotations, "kubernetes.io/config.source");
  if (source != "file" && source != "http") return std::nullopt;
  return at / "kubernetes.io/config.source";
}

/// The directory in which the runtime puts its default socket: TMPDIR, else /tmp. Nothing where it cannot be known.
/// Source: dotnet/docs, docs/core/diagnostics/diagnostic-port.md.
inline std::optional<std::string> socket_directory(const ContainerView& container) {
  const EnvValue value = env_value(*container.json, "TMPDIR");
  if (value.kind == EnvValue::Kind::unknown) return std::nullopt;
  return value.value.empty() ? "/tmp" : normal_path(value.value);
}

/// The source of a volume: `configMap`. A volume that names none is an emptyDir by the API server's default.
inline std::string_view volume_source(const Json& volume) {
  if (!volume.is_object()) return "emptyDir";
  for (const auto& [key, value] : volume.items()) {
    if (key != "name" && !value.is_null()) return key;
  }
  return "emptyDir";
}

/// Where to point for the pod volume `name`: its item, else the list.
inline Pointer volume_path(const PodView& pod, std::string_view name) {
  const Pointer list = pod.spec_path() / "volumes";
  std::size_t index = 0;
  for (const Json& volume : items_member(pod.spec(), "volumes")) {
    if (text_member(volume, "name") == name) return list / index;
    ++index;
  }
  return list;
}

/// The pod volume behind `shared`, which the evaluation found or added.
inline const Json* volume_of(const PodView& pod, const SharedVolume& shared) {
  return pod.volume(shared.volume);
}

}  // namespace dotdiag
