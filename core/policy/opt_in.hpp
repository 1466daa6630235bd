// What a workload's own annotations ask for.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/document/quantity.hpp"
#include "core/policy/policy.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

namespace annotation {
inline constexpr std::string_view inject = "dotdiag.io/inject";  ///< true, false, a policy name, or a list of names
inline constexpr std::string_view containers =
    "dotdiag.io/containers";  ///< the target containers' names, comma-separated
inline constexpr std::string_view size_limit = "dotdiag.io/size-limit";    ///< a quantity for the shared volume
inline constexpr std::string_view skip = "dotdiag.io/skip";                ///< requirement ids to leave out
inline constexpr std::string_view on_conflict = "dotdiag.io/on-conflict";  ///< keep (default) or override
inline constexpr std::string_view status = "dotdiag.io/status";  ///< written by the webhook on the object's metadata
inline constexpr std::string_view injected = "dotdiag.io/injected";  ///< written by the webhook on the pod template
}  // namespace annotation

/// The label of a namespace that opts in what says nothing itself: true, or a policy's name; false is no label.
inline constexpr std::string_view inject_default_label = "dotdiag.io/inject-default";

/// The choices that annotations (or a program's flags) make for one workload.
struct Choices {
  std::vector<std::string> containers;  ///< empty: chosen as targets.hpp says
  std::optional<Quantity> size_limit;
  std::vector<std::string> skip;
  bool override_conflicts = false;
  bool applied_again = false;  ///< the author will apply the manifest again, without the edits: a webhook's case

  /// True where the requirement of that id is left out.
  bool skips(std::string_view requirement) const;
};

/// Whether and how a workload opted in. With `invalid` not empty nothing is to be injected.
struct OptIn {
  enum class State { absent, out, in };
  State state = State::absent;
  bool by_default = false;              ///< the namespace decided: the workload has no `dotdiag.io/inject`
  std::vector<const Policy*> policies;  ///< with State::in, in the order given, each once
  Choices choices;
  std::string invalid;  ///< what is wrong with which annotation's value, and what would be right
  std::string fault;    ///< `invalid` without the list of what would be right, for where room is scarce
  Pointer at;           ///< the annotation that decided (or is invalid); the workload where there is none
};

/// Reads the annotations of the workload's own metadata and of its pod template; its own win, one by one.
/// `true_means` is the name of the policy (one of `policies`) that `"true"` stands for; `by_default` the value that an
/// absent `dotdiag.io/inject` has, by the label of its namespace (empty: none).
OptIn read_opt_in(const PodView& pod, const PolicySet& policies, std::string_view true_means = default_policy_name,
                  std::string_view by_default = {});

/// The same, with the choices of a workload that says nothing about opting in: they hold for the linter too.
OptIn read_annotations(const PodView& pod, const PolicySet& policies, std::string_view true_means,
                       std::string_view by_default);

}  // namespace dotdiag
