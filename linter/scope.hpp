// Who is judged. Nobody is left out without a reason that the summary counts.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/policy/opt_in.hpp"
#include "linter/identity.hpp"

#include <string_view>
#include <vector>

namespace dotdiag {

/// Which workloads a run judges, of those that have a pod.
struct Scope {
  enum class Only { anything, dotnet, opted_in };
  Only only = Only::anything;
  bool all = false;         ///< also those that opted out or belong to an owner, and what is known not to be .NET
  bool owned_pods = false;  ///< also Pods that a controller made: a debug container is for one of those
};

/// The reasons why of a workload only a part can be judged: what is there.
inline constexpr std::string_view partial = "partial";
inline constexpr std::string_view without_containers = "without containers";

/// Why this workload is not judged, in words that follow a count (`2 opted out`); empty where it is. `identities` are
/// those of its containers.
std::string_view reason_not_judged(const PodView& pod, const std::vector<Identity>& identities, const OptIn& opt_in,
                                   const Scope& scope);

/// The containers to judge where the sources of one of them were found and the workload names none: those that are
/// .NET, else the only one that is not known to be something else. Empty where that does not decide it.
std::vector<std::string> known_targets(const PodView& pod, const std::vector<Identity>& identities);

}  // namespace dotdiag
