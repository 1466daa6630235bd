// What taking a dump costs the process, as far as its pod shows: to be said, and asked about, before it is paid.
//
// The risks are those that the linter's rules know; here they are about a pod that runs. What only the process knows
// (how much it has committed, how many objects) is for the tool to say when it is there.
#pragma once

#include "core/document/quantity.hpp"
#include "core/ephemeral/ways.hpp"
#include "core/policy/dump_size.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

/// A reason to ask again.
struct Risk {
  std::string rule;     ///< `liveness-kills-during-dump`: what dotdiag-lint --explain explains
  std::string message;  ///< what may happen, one sentence without a full stop
  std::string remedy;   ///< what would prevent it, an imperative without a full stop
  bool is_likely;       ///< not merely possible: it happens unless the dump is small or quick
};

struct Costs {
  std::int64_t standstill_seconds = 0;  ///< for how long a dump may stop the process: rough, by its memory limit
  std::optional<std::int64_t> patience_seconds;  ///< after so long a standstill its liveness probe has it restarted;
                                                 ///< nothing: no probe surely does
  std::optional<Quantity> memory_limit;          ///< of the container; nothing: none
  Quantity memory_needed = memory_for_createdump();  ///< what must be free below that limit
  std::optional<Quantity> heap_dump;                 ///< how large a dump may be, where there is a limit to judge by
  std::optional<Quantity> full_dump;
  std::vector<Risk> risks;  ///< the worst first
};

/// The costs of a dump of the journey's target. Through a pipe (native) it takes no room of any volume.
Costs judge_costs(const Journey& journey);

}  // namespace dotdiag
