// What is known of one workload, be there findings or none.
#pragma once

#include "core/policy/severity.hpp"
#include "linter/ways.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

struct WorkloadReport {
  std::string kind;
  std::string name_space;
  std::string name;
  std::size_t line = 0;
  std::vector<std::string> policies;  ///< what it was held against; none where it has a dotnet-monitor of its own
  std::string evidence;               ///< why against these, where nobody said so; empty for the default
  bool is_added = false;              ///< what is missing is added by the webhook, when it is deployed

  /// How the workload stands with a requirement.
  struct Standing {
    std::optional<Severity> worst;  ///< that was found about it, also where that is hidden; nothing where it is met
    bool is_suppressed = false;     ///< something was, which somebody decided not to see
  };
  std::map<std::string, Standing> requirements;  ///< those of the policies, by id

  struct Target {
    std::string container;
    std::vector<std::string> missing;  ///< the requirements that it does not meet, as it is written
    std::vector<WayReport> ways;       ///< only where somebody asks for them
  };
  std::vector<Target> targets;
};

}  // namespace dotdiag
