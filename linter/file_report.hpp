// What there is to tell about one file.
#pragma once

#include "linter/finding.hpp"

#include <map>
#include <string>
#include <vector>

namespace dotdiag {

/// A workload that was judged, and how it stands with each requirement that it was held against.
struct WorkloadReport {
  std::string kind;
  std::string name_space;
  std::string name;
  std::size_t line = 0;
  std::vector<std::string> policies;  ///< what it was held against
  /// The requirements of those policies, each with the worst that was found about it, also where that is hidden;
  /// nothing where it is met.
  std::map<std::string, std::optional<Severity>> requirements;
};

struct FileReport {
  std::string file;
  std::vector<Finding> findings;          ///< sorted by position, without the hidden ones
  std::vector<Finding> suppressed;        ///< each with its suppression; sorted likewise
  std::vector<WorkloadReport> workloads;  ///< in order; only where a report asks for them
};

}  // namespace dotdiag
