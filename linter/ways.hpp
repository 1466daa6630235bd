// Which ways lead to the process in a container tonight, as its manifest is: the planner's verdict, in words for a
// report.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/policy/image_facts.hpp"
#include "core/policy/policy.hpp"
#include "core/policy/surroundings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct WayReport {
  std::string_view mode;     ///< `tmp`, `port`, `listen`, `procroot`: what dotdiag-patch --mode takes
  std::string_view verdict;  ///< `open`, `unknown` (somebody must say what the manifest does not), `closed`
  std::string reason;        ///< why it is not open
  std::string remedy;        ///< what would open it, or what to say to dotdiag-patch for it; may be empty
};

/// The ways of the policy's debugger to `target`, the best first: dotdiag-collect where the policy has it, which can
/// take all of them. An open one is one for which dotdiag-patch makes a plan. Where the pod does not say who the
/// application runs as, and for variables that it does not set, what `images` know of its image counts.
std::vector<WayReport> ways_to(const ContainerView& target, const PodView& pod, const Policy& policy,
                               const Surroundings& surroundings, const KnownImages& images);

/// What to say of them behind a complaint: `; it can be reached all the same (procroot)`.
std::string ways_in_short(const std::vector<WayReport>& ways);

}  // namespace dotdiag
