#include "linter/other_objects.hpp"

#include "core/document/workload.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace dotdiag {
namespace {

/// What custom resources call their containers: Argo's workflows (container, script), Tekton's tasks (steps, sidecars),
/// and all that embed a pod's spec.
constexpr std::array<std::string_view, 6> container_members = {"container", "containers", "initContainers",
                                                               "script",    "sidecars",   "steps"};

/// Groups whose objects describe containers in order to judge them, not to run them.
constexpr std::array<std::string_view, 3> judging_groups = {"kyverno.io/", "policies.kyverno.io/",
                                                            "constraints.gatekeeper.sh/"};

bool is_container_member(std::string_view key) {
  return std::find(container_members.begin(), container_members.end(), key) != container_members.end();
}

/// True where `value` names an image, not a pattern of one: `*:latest`.
bool has_image(const Json& value) {
  const auto image = text_member(value, "image");
  return !image.empty() && image.find_first_of("*! ") == npos;
}

bool is_container(const Json& value) {
  if (!value.is_array()) return has_image(value);
  return std::any_of(value.begin(), value.end(), has_image);
}

/// Looks for containers below `object`, however deep. Without recursion: how deep an input nests is its author's
/// choice.
bool runs_containers(const Json& object) {
  std::vector<const Json*> left = {&object};
  while (!left.empty()) {
    const Json& value = *left.back();
    left.pop_back();
    if (value.is_array()) {
      for (const Json& item : value)
        left.push_back(&item);
    }
    if (!value.is_object()) continue;
    for (const auto& [key, below] : value.get_ref<const Json::object_t&>()) {
      if (is_container_member(key) && is_container(below)) return true;
      left.push_back(&below);
    }
  }
  return false;
}

/// True for what speaks of containers and runs none: the schemas of custom resources, and what judges others.
bool only_describes(const Json& object) {
  if (text_member(object, "kind") == "CustomResourceDefinition") return true;
  const auto version = text_member(object, "apiVersion");
  return std::any_of(judging_groups.begin(), judging_groups.end(),
                     [&](std::string_view group) { return version.starts_with(group); });
}

}  // namespace

std::string_view reason_not_known(const Json& object) {
  if (text_member(object, "kind").empty() || text_member(object, "apiVersion").empty()) return {};
  const Json* spec = member(object, "spec");
  if (spec == nullptr || only_describes(object)) return {};
  if (text_member(object, "kind") == "Rollout" && borrows_its_template(object)) return "with another workload's pods";
  return runs_containers(*spec) ? "of an unknown kind" : "";
}

}  // namespace dotdiag
