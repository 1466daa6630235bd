// What is known of one workload, be there findings or none.
#pragma once

#include "linter/ways.hpp"

#include <cstddef>
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

  struct Target {
    std::string container;
    std::vector<std::string> missing;  ///< the requirements that it does not meet, as it is written
    std::vector<WayReport> ways;       ///< only where somebody asks for them
  };
  std::vector<Target> targets;
};

}  // namespace dotdiag
