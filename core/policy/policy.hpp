// What "diagnosable" means: a list of requirements, and the debugger container that goes with them. All of it is data.
#pragma once

#include "core/document/json.hpp"
#include "core/document/quantity.hpp"
#include "core/policy/severity.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// One thing a pod must have. Its kind is code (core/policy/kinds), everything else comes from the policy file.
struct Requirement {
  std::string id;       ///< `shared-tmp`: what `dotdiag.io/skip` and findings name
  std::string kind;     ///< `shared-volume`: a row of the table in kinds.cpp
  std::string summary;  ///< what is required, as a finding says it
  std::string why;      ///< what fails without it
  std::string source;   ///< where that is documented
  Severity severity;    ///< of its absence: at an error a debugger fails; at less it works on most nodes and images
  Json parameters;      ///< the kind's own members, checked by the schema
};

/// A policy, see policies/README.md for its format.
struct Policy {
  std::string name;
  std::string summary;
  std::vector<Requirement> requirements;
  /// The requirement with that id, or nullptr.
  const Requirement* find(std::string_view id) const;

  Json debugger;  ///< the recipe's own ephemeral container, described; see core/ephemeral
  Json native;    ///< the one without .NET, dotdiag-collect; null where the policy has none
};

/// The policy in `text` (YAML). Throws InputError at the first line that is not YAML, breaks policy.schema.json, names
/// an unknown kind or repeats an id. `file_name` is only used in messages.
Policy load_policy(std::string_view text, const std::string& file_name);

/// The paths of every `*.yaml` in `directory`, sorted. Throws InputError where it cannot be read, or has none.
std::vector<std::string> policy_files(const std::string& directory);

/// The policies a program works with, by name.
class PolicySet {
 public:
  /// Those that are built in: policies/ as it was at build time. They are taken as they are: that load_policy accepts
  /// them is for the tests to see, not for each start of a program.
  static const PolicySet& builtin();
  /// Every `*.yaml` in `directory`, sorted by name. Throws InputError as load_policy does, and where there is none.
  static PolicySet from_directory(const std::string& directory);

  /// The policy of that name, or nullptr.
  const Policy* find(std::string_view name) const;
  const std::vector<Policy>& all() const { return policies_; }
  /// The names, for messages: `dotnet-dump, dotnet-monitor`.
  std::string names() const;

 private:
  void add(Policy policy, const std::string& file_name);

  std::vector<Policy> policies_;  // sorted by name
};

/// The policy that `dotdiag.io/inject: "true"` means unless something else is asked for.
inline constexpr std::string_view default_policy_name = "dotnet-dump";

/// What it means where SYS_PTRACE would be refused: the shipped MutatingWebhookConfiguration sends such namespaces to
/// this policy.
inline constexpr std::string_view restricted_policy_name = "dotnet-dump-restricted";

}  // namespace dotdiag
