// What a workload is evidently prepared for, where nobody says what to hold it against: a pod that waits for
// dotnet-monitor is not to be blamed for lacking what dotnet-dump needs.
#pragma once

#include "core/document/workload.hpp"
#include "core/policy/opt_in.hpp"
#include "core/policy/policy.hpp"

#include <string_view>
#include <vector>

namespace dotdiag {

/// What to hold a workload against.
struct Preparation {
  enum class Evidence {
    none,         ///< nothing speaks for another policy than the usual one
    marker,       ///< the webhook's annotation dotdiag.io/injected
    own_monitor,  ///< a dotnet-monitor in the pod: whether the two meet is for the rules to say
    complete,     ///< it has all that the policy asks for
    enough,       ///< it has all without which the policy's debugger fails
    started,      ///< it has something that nobody sets but for this policy
  };
  Evidence evidence = Evidence::none;
  std::vector<const Policy*> policies;  ///< empty where the pod has its own monitor: it needs no debugger's
};

/// What `workload` in `document` is evidently prepared for: of several policies the one with the best evidence, and of
/// equals `usual` first. Without evidence it is `usual`. `choices` are those of its annotations.
Preparation find_preparation(const Json& document, const Workload& workload, const Choices& choices,
                             const Policy& usual, const PolicySet& policies);

/// The evidence in half a sentence, `it has a dotnet-monitor of its own`; empty for none.
std::string_view evidence_text(Preparation::Evidence evidence);

}  // namespace dotdiag
