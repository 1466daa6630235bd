// The kinds of requirement that a policy can name: what each looks for, and the edits that cure its absence.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/policy/evaluate.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// What one check looks at: a requirement of a policy against the working copy.
struct Check {
  const Policy& policy;
  const Requirement& requirement;
  const Choices& choices;
  const PodView& pod;
  const ContainerView* container;  ///< the target container; nullptr for a kind that judges the pod as a whole
  Evaluation& evaluation;          ///< where shared volumes and warnings are noted; targets are there already

  /// The requirement's parameter `name` as text; empty where the policy leaves it out.
  std::string_view parameter(std::string_view name) const { return text_member(requirement.parameters, name); }
  /// `container \`app\``, to begin a message with.
  std::string subject() const;
  /// Unmet, and cured by `edits`.
  Unmet missing(std::string message, std::string remedy, Edits edits) const;
  /// Unmet, and only a person can say what should be: the user's own value at `at` stays.
  Unmet conflict(Pointer at, std::string message, std::string remedy) const;
  /// Notes a warning about what stands at `at`.
  void warn(Pointer at, std::string message, std::string remedy) const;
  /// The directory that the volume of requirement `id` serves in this container: where it was found or put; where the
  /// requirement is skipped, the policy's. Nothing where the volume is a conflict: then that has been said already.
  std::optional<std::string> directory_of(std::string_view id) const;
};

/// Nothing where the requirement is met. Must be met once the edits of what it returned are applied.
using CheckFunction = std::optional<Unmet> (*)(const Check&);

struct Kind {
  std::string_view name;  ///< as policies write it
  bool per_container;     ///< checked for each target container, or once for the pod
  CheckFunction check;
};

/// The kind called `name`, or nullptr.
const Kind* find_kind(std::string_view name);

// One a file, in core/policy/kinds.
std::optional<Unmet> check_capability(const Check& check);
std::optional<Unmet> check_diagnostic_port(const Check& check);
std::optional<Unmet> check_env(const Check& check);
std::optional<Unmet> check_process_namespace(const Check& check);
std::optional<Unmet> check_shared_volume(const Check& check);

}  // namespace dotdiag
