#include "core/document/workload.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace dotdiag {
namespace {

/// A kind that has a pod, and the way from the object to the pod's own object (which holds its metadata and spec).
struct WorkloadKind {
  std::string_view group;
  std::string_view kind;
  std::string_view pod;  // a JSON Pointer
};

constexpr std::array workload_kinds = {
    WorkloadKind{"", "Pod", ""},
    WorkloadKind{"", "PodTemplate", "/template"},
    WorkloadKind{"", "ReplicationController", "/spec/template"},
    WorkloadKind{"apps", "Deployment", "/spec/template"},
    WorkloadKind{"apps", "StatefulSet", "/spec/template"},
    WorkloadKind{"apps", "DaemonSet", "/spec/template"},
    WorkloadKind{"apps", "ReplicaSet", "/spec/template"},
    WorkloadKind{"extensions", "Deployment", "/spec/template"},
    WorkloadKind{"extensions", "DaemonSet", "/spec/template"},
    WorkloadKind{"extensions", "ReplicaSet", "/spec/template"},
    WorkloadKind{"batch", "Job", "/spec/template"},
    WorkloadKind{"batch", "CronJob", "/spec/jobTemplate/spec/template"},
    WorkloadKind{"argoproj.io", "Rollout", "/spec/template"},
    WorkloadKind{"serving.knative.dev", "Service", "/spec/template"},
    WorkloadKind{"serving.knative.dev", "Configuration", "/spec/template"},
    WorkloadKind{"serving.knative.dev", "Revision", ""},
    WorkloadKind{"apps.openshift.io", "DeploymentConfig", "/spec/template"},
    WorkloadKind{"apps.kruise.io", "CloneSet", "/spec/template"},
    WorkloadKind{"keda.sh", "ScaledJob", "/spec/jobTargetRef/template"},
};

const WorkloadKind* workload_kind(std::string_view group, std::string_view kind) {
  const auto found = std::find_if(workload_kinds.begin(), workload_kinds.end(), [&](const WorkloadKind& candidate) {
    return candidate.kind == kind && candidate.group == group;
  });
  return found == workload_kinds.end() ? nullptr : found;
}

/// `apps` of `apps/v1`; empty for the core group's `v1`.
std::string_view group_of(std::string_view api_version) {
  const auto slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
}

/// The first of the two that is not empty.
std::string_view either(std::string_view first, std::string_view second) {
  return first.empty() ? second : first;
}

/// True where another object keeps it as it is: what is changed here, that one changes back.
bool has_controller(const Json& metadata) {
  const auto& owners = items_member(metadata, "ownerReferences");
  return std::any_of(owners.begin(), owners.end(), [](const Json& owner) {
    const Json* controls = member(owner, "controller");
    return controls != nullptr && *controls == true;
  });
}

constexpr std::string_view list_suffix = "List";

bool is_list(const Json& object, std::string_view kind) {
  const Json* items = member(object, "items");
  return kind.size() >= list_suffix.size() && kind.substr(kind.size() - list_suffix.size()) == list_suffix &&
         items != nullptr && items->is_array();
}

void collect(const Json& object, const Pointer& at, std::string_view default_kind, std::string_view default_api_version,
             Objects& found) {
  const auto kind = either(text_member(object, "kind"), default_kind);
  const auto api_version = either(text_member(object, "apiVersion"), default_api_version);
  if (!is_list(object, kind)) {
    if (auto workload = as_workload(object, at, default_kind, default_api_version)) {
      found.workloads.push_back(*std::move(workload));
    } else {
      found.others.push_back(&object);
    }
    return;
  }
  const auto item_kind = kind.substr(0, kind.size() - list_suffix.size());
  const Pointer items = at / "items";
  std::size_t index = 0;
  for (const Json& item : items_member(object, "items"))
    collect(item, items / index++, item_kind, api_version, found);
}

}  // namespace

std::optional<Workload> as_workload(const Json& object, const Pointer& at, std::string_view default_kind,
                                    std::string_view default_api_version) {
  const auto kind = either(text_member(object, "kind"), default_kind);
  const auto group = group_of(either(text_member(object, "apiVersion"), default_api_version));
  const WorkloadKind* known = workload_kind(group, kind);
  if (known == nullptr || !object.is_object() || borrows_its_template(object)) return std::nullopt;

  const Pointer pod = at / Pointer::parse(known->pod);
  Workload workload{at, pod / "metadata", pod / "spec", std::string(kind), std::string(group), {}, {}};
  if (const Json* metadata = member(object, "metadata")) {
    workload.name = either(text_member(*metadata, "name"), text_member(*metadata, "generateName"));
    workload.name_space = text_member(*metadata, "namespace");
    workload.is_owned = has_controller(*metadata);
  }
  return workload;
}

std::optional<Workload> as_workload(const Json& object) {
  return as_workload(object, Pointer{});
}

Objects find_objects(const Json& document) {
  Objects found;
  collect(document, Pointer{}, {}, {}, found);
  return found;
}

std::vector<Workload> find_workloads(const Json& document) {
  return find_objects(document).workloads;
}

bool borrows_its_template(const Json& object) {
  const Json* spec = member(object, "spec");
  return spec != nullptr && member(*spec, "workloadRef") != nullptr && member(*spec, "template") == nullptr;
}

}  // namespace dotdiag
