// Holds a workload against a policy: what is missing, the edits that cure it, and what only a person can resolve.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/edit/edit.hpp"
#include "core/policy/opt_in.hpp"
#include "core/policy/policy.hpp"

#include <string>
#include <vector>

namespace dotdiag {

/// Something a requirement asks for and the pod does not have.
struct Unmet {
  std::string policy;       ///< the policy's name
  std::string requirement;  ///< the requirement's id
  std::string container;    ///< the container's name; empty where the pod as a whole is meant
  Pointer at;               ///< where to point: an existing value, or the container or spec that lacks one
  std::string message;      ///< what is missing or contrary, one sentence without a full stop
  std::string remedy;       ///< what to do, an imperative without a full stop
  Edits edits;              ///< cures it; empty where the user's own value stands in the way (a conflict)
  bool is_conflict() const { return edits.empty(); }
};

/// Something that may be right and cannot be known here, or was worked around.
struct Warning {
  std::string policy;       ///< empty where it is about the choice of containers
  std::string requirement;  ///< the requirement's id, or `target-container`
  std::string container;
  Pointer at;
  std::string message;  ///< one sentence without a full stop
  std::string remedy;   ///< what to do or to know, without a full stop
};

/// A volume that a target container shares with the debugger.
struct SharedVolume {
  std::string container;    ///< the target container's name
  std::string requirement;  ///< the requirement that asked for it
  std::string volume;       ///< the pod volume's name
  std::string path;         ///< where the target mounts it
  std::string directory;    ///< the directory both sides use: `path` or one below it
};

/// The outcome for one workload.
struct Evaluation {
  std::vector<Unmet> unmet;
  std::vector<Warning> warnings;
  std::vector<Pointer> targets;       ///< the containers that were judged
  std::vector<SharedVolume> volumes;  ///< the volumes through which target and debugger meet
  std::string invalid;  ///< not empty: why nothing could be judged (no containers, a value of the wrong type ...)
  Pointer invalid_at;   ///< where to point then
  /// All edits in order: a valid JSON Patch for the document that came in.
  Edits edits() const;
};

/// What every evaluation begins with: the targets, what is to be said about their choice, or why nothing can be judged.
Evaluation choose(const PodView& pod, const Choices& choices);

/// Evaluates `policies` in order over `document`, which is the working copy: each requirement's edits are applied to it
/// before the next requirement looks, so edits compose and `document` ends as the cured one. Never throws for what a
/// person wrote, however odd: a value of the wrong type where an edit would go makes the whole `invalid`, and so does a
/// Windows pod.
Evaluation evaluate(const std::vector<const Policy*>& policies, Json& document, const Workload& workload,
                    const Choices& choices);

}  // namespace dotdiag
