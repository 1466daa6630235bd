// What belongs together for a person: all that one container lacks of what it is held against. To programs each part is
// a finding of its own; on a terminal they are one block.
#pragma once

#include "linter/finding.hpp"
#include "linter/preview.hpp"

#include <string>
#include <vector>

namespace dotdiag {

struct Diagnosis {
  std::string container;
  std::string policy;            ///< what it is held against: `dotnet-dump`, `dotnet-dump and dotnet-monitor`
  std::size_t asked = 0;         ///< how many prerequisites that has for this container
  bool is_added = false;         ///< the webhook adds what is missing
  std::string ways;              ///< whether and how it can be reached all the same, a clause; empty where not asked
  std::vector<PreviewLine> fix;  ///< what --fix would change for the workload; at the last of its containers
  Finding place;                 ///< where to point: the container
};

}  // namespace dotdiag
