#include "webhook/due.hpp"

#include "core/document/pointer.hpp"
#include "core/policy/opt_in.hpp"

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

constexpr std::array<std::string_view, 3> system_namespaces = {"kube-system", "kube-public", "kube-node-lease"};
constexpr std::array<std::string_view, 5> choices = {annotation::inject, annotation::containers, annotation::size_limit,
                                                     annotation::skip, annotation::on_conflict};

const Json* annotation_of(const Json& object, std::string_view key) {
  return value_at(object, Pointer{} / "metadata" / "annotations" / key);
}

/// Missing and null are the same.
bool same_part(const Json* left, const Json* right) {
  const Json null;
  return same_document(left == nullptr ? null : *left, right == nullptr ? null : *right);
}

bool is_changed(const Json& object, const Json& old_object, const Workload& workload) {
  if (!same_part(value_at(object, workload.pod_spec), value_at(old_object, workload.pod_spec))) return true;
  if (!same_part(value_at(object, workload.pod_metadata), value_at(old_object, workload.pod_metadata))) return true;
  return std::any_of(choices.begin(), choices.end(), [&](std::string_view key) {
    return !same_part(annotation_of(object, key), annotation_of(old_object, key));
  });
}

bool is_immutable(const Workload& workload) {
  return workload.is_pod() || workload.kind == "Job";
}

bool belongs_to_its_owner(const Workload& workload) {
  return workload.kind == "ReplicaSet" || workload.kind == "Job" || workload.kind == "Revision";
}

}  // namespace

std::optional<Skip> reason_to_skip(const Json& request) {
  const auto operation = text_member(request, "operation");
  if (operation != "CREATE" && operation != "UPDATE")
    return Skip{"operation", "nothing is mutated on " + std::string(operation)};
  if (!text_member(request, "subResource").empty())
    return Skip{"subresource", "nothing is mutated through a subresource"};
  const Json* object = member(request, "object");
  if (object == nullptr || !object->is_object()) return Skip{"no-object", "the request has no object"};
  return std::nullopt;
}

std::optional<Skip> reason_to_skip(const Json& request, const Workload& workload, std::string_view own_namespace) {
  const auto name_space = text_member(request, "namespace");
  if (std::find(system_namespaces.begin(), system_namespaces.end(), name_space) != system_namespaces.end()) {
    return Skip{"system-namespace", "the namespace belongs to Kubernetes"};
  }
  if (!name_space.empty() && name_space == own_namespace)
    return Skip{"own-namespace", "the namespace is the webhook's own"};

  const Json& object = request.at("object");
  if (annotation_of(object, "kubernetes.io/config.mirror") != nullptr) return Skip{"mirror-pod", "it is a mirror pod"};
  const bool owned = workload.is_owned;
  if (owned && belongs_to_its_owner(workload)) return Skip{"owned", "a controller owns it"};
  if (owned && workload.is_pod() && annotation_of(object, annotation::injected) != nullptr)
    return Skip{"owner-injected", "its owner's template was injected"};
  if (text_member(request, "operation") == "CREATE") return std::nullopt;

  if (is_immutable(workload)) return Skip{"immutable", "it cannot be changed once it exists"};
  const Json* old_object = member(request, "oldObject");
  if (old_object == nullptr) return Skip{"no-old-object", "the request has no old object to compare with"};
  if (!is_changed(object, *old_object, workload))
    return Skip{"template-unchanged", "neither its pod template nor its annotations changed"};
  return std::nullopt;
}

}  // namespace dotdiag
