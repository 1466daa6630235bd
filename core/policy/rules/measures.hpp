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

/// The container's name as messages write it.
inline std::string named(const ContainerView& container) {
  return "`" + std::string(container.name()) + "`";
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

/// The pod volume behind `shared`, which the evaluation found or added.
inline const Json* volume_of(const PodView& pod, const SharedVolume& shared) {
  return pod.volume(shared.volume);
}

}  // namespace dotdiag
