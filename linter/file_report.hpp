// What there is to tell about one file.
#pragma once

#include "linter/finding.hpp"
#include "linter/workload_report.hpp"

#include <string>
#include <vector>

namespace dotdiag {

struct FileReport {
  std::string file;
  std::vector<Finding> findings;          ///< sorted by position, without the hidden ones
  std::vector<Finding> suppressed;        ///< each with its suppression; sorted likewise
  std::vector<WorkloadReport> workloads;  ///< in order; only where a report asks for them
};

}  // namespace dotdiag
