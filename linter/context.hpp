// Where workloads will run, as far as flags and the other objects of the input say so.
#pragma once

#include "core/document/config_maps.hpp"
#include "core/policy/surroundings.hpp"
#include "linter/inputs.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

/// What the labels of a Namespace say.
struct NamespaceLabels {
  std::optional<PodSecurity> pod_security;  ///< the level that it enforces, where it is one
  std::string inject_default;               ///< see Surroundings
};

/// The surroundings of each namespace.
class Context {
 public:
  Context() = default;
  /// What the labels of a namespace say counts there, whatever `everywhere` says.
  explicit Context(Surroundings everywhere, const std::map<std::string, NamespaceLabels>& labels = {},
                   ConfigMaps config_maps = {});

  /// The surroundings of a workload in the namespace of that name; the name is empty where the workload names none.
  const Surroundings& of(const std::string& name_space) const;
  const Surroundings& everywhere() const { return everywhere_; }
  const ConfigMaps& config_maps() const { return config_maps_; }

 private:
  Surroundings everywhere_;
  std::map<std::string, Surroundings> namespaces_;
  ConfigMaps config_maps_;
};

/// Looks through all of `inputs` for Namespaces, PersistentVolumeClaims and ConfigMaps, before anything is judged: they
/// often stand in other files than the workloads. Files that hold none of these words are not parsed, and what cannot
/// be read is passed over: linting reports it.
Context read_context(const Surroundings& everywhere, const std::vector<Input>& inputs);

}  // namespace dotdiag
