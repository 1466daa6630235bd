// Says whether a request is one that may change an object at all.
#pragma once

#include "core/document/json.hpp"
#include "core/document/workload.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

/// Why an object is left alone.
struct Skip {
  std::string_view cause;  ///< one of skip_causes
  std::string reason;      ///< a short phrase, as the log has it
};

/// Why the object of `request` is left alone whatever it says; nothing where it may be mutated.
///
/// Only CREATE and UPDATE of whole objects; nothing in Kubernetes' own namespaces or `own_namespace`; no ReplicaSet,
/// Job or Revision that a controller owns (a difference from the owner's template makes the controller create it again
/// and again); no Job or Pod on UPDATE (their specs are immutable); no mirror pod; no Pod whose owner's template was
/// injected. On UPDATE only when the pod template or the annotations that opt in have changed against oldObject, so
/// that a new version of dotdiag, a label or a scaling controller never rolls anybody's pods.
std::optional<Skip> reason_to_skip(const Json& request, const Workload& workload, std::string_view own_namespace);

/// The reasons that need no workload: the operation, the subresource, a missing object.
std::optional<Skip> reason_to_skip(const Json& request);

}  // namespace dotdiag
