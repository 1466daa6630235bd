// A pod as the kubelet and the runtime will see it: effective values, not just what is written.
#pragma once

#include "core/document/json.hpp"
#include "core/document/pointer.hpp"
#include "core/document/workload.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// One container of a pod: a pointer into the document, and its value there. Invalid once the document changes.
struct ContainerView {
  Pointer path;  ///< `/spec/template/spec/containers/0`
  const Json* json = nullptr;
  std::string_view name() const { return text_member(*json, "name"); }
  std::string_view image() const { return text_member(*json, "image"); }
};

/// What an environment variable is for the process.
struct EnvValue {
  enum class Kind { absent, literal, unknown };
  Kind kind = Kind::absent;
  std::string value;          ///< with Kind::literal: after `$(VAR)` expansion
  std::size_t index = npos;   ///< its place in `env`; of duplicates the last, which wins
  std::string why_unknown;    ///< with Kind::unknown: `valueFrom`, or the reference that cannot be resolved
  std::string config_map;     ///< the ConfigMap in which the value was found; empty where it stands in the manifest
  std::size_t source = npos;  ///< the place of that ConfigMap in `envFrom`, for one that is not in `env` at all
  bool is_absent() const { return kind == Kind::absent; }
  bool is(std::string_view text) const { return kind == Kind::literal && value == text; }
};

/// The mount that serves a path.
struct MountView {
  std::size_t index = npos;  ///< in `volumeMounts`
  const Json* mount = nullptr;
  const Json* volume = nullptr;  ///< the pod's volume of that name; nullptr where there is none
  std::string path;              ///< its mountPath, normalised
};

/// Reads a pod inside `document`; keeps a reference to it. Good for one state of the document, whose containers it
/// lists once, when they are first asked for: where the document changes, take another. Not for several threads.
class PodView {
 public:
  PodView(const Json& document, const Workload& workload);

  const Json& document() const { return *document_; }
  const Workload& workload() const { return *workload_; }
  /// The pod's spec, or an empty object where there is none.
  const Json& spec() const { return *spec_; }
  const Pointer& spec_path() const { return workload_->pod_spec; }

  /// The containers that run side by side: `containers`.
  const std::vector<ContainerView>& containers() const;
  /// `initContainers` with `restartPolicy: Always` (native sidecars), and the ordinary ones.
  const std::vector<ContainerView>& native_sidecars() const;
  const std::vector<ContainerView>& init_containers() const;
  /// The container of that name among containers and native sidecars.
  std::optional<ContainerView> container(std::string_view name) const;

  bool host_pid() const;
  /// Annotation `key` of the workload itself, else of the pod template.
  std::string_view annotation(std::string_view key) const;

  const Json* volume(std::string_view name) const;

 private:
  const Json* document_;
  const Workload* workload_;
  const Json* spec_;
  mutable std::optional<std::vector<ContainerView>> containers_;
  mutable std::optional<std::vector<ContainerView>> native_sidecars_;
  mutable std::optional<std::vector<ContainerView>> init_containers_;
};

/// The effective value of `name`: the last duplicate wins, `$(VAR)` is expanded from the variables before it as the
/// kubelet does (`$$(VAR)` is a literal `$(VAR)`; an unknown reference stays as it is, unless `envFrom` could define
/// it). `envFrom` cannot be read offline and `env` wins over it, so a name it may define is absent here: see
/// env_from_may_set.
EnvValue env_value(const Json& container, std::string_view name);

/// The same, with what the workload's ConfigMaps say about `valueFrom`.
EnvValue env_value(const PodView& pod, const Json& container, std::string_view name);

/// The value of `name` where `env` has none and a known ConfigMap of `envFrom` has one: of several the last, which
/// wins.
EnvValue env_from_value(const PodView& pod, const Json& container, std::string_view name);

/// True where the container has an `envFrom` that could define `name` (its prefix fits).
bool env_from_may_set(const Json& container, std::string_view name);

/// The mount whose mountPath is the longest one at or above `path`.
std::optional<MountView> mount_at(const PodView& pod, const Json& container, std::string_view path);

/// `path` without doubled or trailing slashes and without `.` and `..` segments: `//tmp/./` is `/tmp`.
std::string normal_path(std::string_view path);

/// The container's value of a securityContext field, else the pod's; nullptr where neither has it.
const Json* security_field(const PodView& pod, const Json& container, std::string_view field);

/// runAsUser and runAsGroup where they are set, container over pod.
std::optional<std::int64_t> run_as_user(const PodView& pod, const Json& container);
std::optional<std::int64_t> run_as_group(const PodView& pod, const Json& container);

/// True where `name` is in the container's capabilities.add, also as `CAP_<name>` and through `ALL`.
bool adds_capability(const Json& container, std::string_view name);

}  // namespace dotdiag
