// Finds the pods in whatever a file or a request holds: every kind that has a pod template, lists, lists of lists.
#pragma once

#include "core/document/json.hpp"
#include "core/document/pointer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

/// An object that describes pods: where it stands in its document, and where in it the pod is.
struct Workload {
  Pointer object;          ///< the object itself: empty, or `/items/3` inside a list
  Pointer pod_metadata;    ///< the metadata that pods inherit: `.../spec/template/metadata` (of a Pod, its own)
  Pointer pod_spec;        ///< `.../spec/template/spec` (of a Pod, `.../spec`)
  std::string kind;        ///< `Deployment`
  std::string group;       ///< `apps`; empty for the core group
  std::string name;        ///< metadata.name, else metadata.generateName, else empty
  std::string name_space;  ///< metadata.namespace, else empty
  bool is_pod() const { return kind == "Pod" && group.empty(); }
};

/// Every workload in `document`, in order: Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController,
/// Job, CronJob, PodTemplate; Argo Rollout; Knative Service, Configuration, Revision; OpenShift DeploymentConfig;
/// Kruise CloneSet; KEDA ScaledJob; and those in List and typed lists (`PodList`, whose items may lack a kind), nested.
/// A kind is known by group and kind, whatever its version. A Rollout with `workloadRef` and no template is none.
std::vector<Workload> find_workloads(const Json& document);

/// The workload that `object` itself is.
std::optional<Workload> as_workload(const Json& object);

/// Like as_workload for an object that stands at `at` inside a bigger document; `default_kind` and
/// `default_api_version` serve where the object lacks them (the items of a typed list).
std::optional<Workload> as_workload(const Json& object, const Pointer& at, std::string_view default_kind = {},
                                    std::string_view default_api_version = {});

}  // namespace dotdiag
