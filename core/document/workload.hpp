// Finds the pods in whatever a file or a request holds: every kind that has a pod template, lists, lists of lists.
#pragma once

#include "core/document/json.hpp"
#include "core/document/pointer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

class ConfigMaps;

/// An object that describes pods: where it stands in its document, and where in it the pod is.
struct Workload {
  Pointer object;          ///< the object itself: empty, or `/items/3` inside a list
  Pointer pod_metadata;    ///< the metadata that pods inherit: `.../spec/template/metadata` (of a Pod, its own)
  Pointer pod_spec;        ///< `.../spec/template/spec` (of a Pod, `.../spec`)
  std::string kind;        ///< `Deployment`
  std::string group;       ///< `apps`; empty for the core group
  std::string name;        ///< metadata.name, else metadata.generateName, else empty
  std::string name_space;  ///< metadata.namespace, else empty
  bool is_owned = false;   ///< a controller made it from its own template (metadata.ownerReferences)
  const ConfigMaps* config_maps = nullptr;  ///< those that were seen beside it, by whoever looked for them
  bool is_pod() const { return kind == "Pod" && group.empty(); }
  /// True for Knative's own kinds, whose admission refuses much that Kubernetes takes.
  bool is_knative() const { return group == "serving.knative.dev"; }
};

/// Every workload in `document`, in order: Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController,
/// Job, CronJob, PodTemplate; Argo Rollout; Knative Service, Configuration, Revision; OpenShift DeploymentConfig;
/// Kruise CloneSet; KEDA ScaledJob; and those in List and typed lists (`PodList`, whose items may lack a kind), nested.
/// A kind is known by group and kind, whatever its version. A Rollout with `workloadRef` and no template is none.
std::vector<Workload> find_workloads(const Json& document);

/// What a document holds, in order, also what is in lists.
struct Objects {
  std::vector<Workload> workloads;
  std::vector<const Json*> others;  ///< what is no workload, in the document
};

/// The workloads of find_workloads, and all else.
Objects find_objects(const Json& document);

/// True where `object` takes its pods from a template that another object has: an Argo Rollout with `workloadRef`
/// alone.
bool borrows_its_template(const Json& object);

/// The workload that `object` itself is.
std::optional<Workload> as_workload(const Json& object);

/// Like as_workload for an object that stands at `at` inside a bigger document; `default_kind` and
/// `default_api_version` serve where the object lacks them (the items of a typed list).
std::optional<Workload> as_workload(const Json& object, const Pointer& at, std::string_view default_kind = {},
                                    std::string_view default_api_version = {});

}  // namespace dotdiag
