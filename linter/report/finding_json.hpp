// A finding, a workload and a summary as linter/report.schema.json describes them.
#pragma once

#include "core/document/json.hpp"
#include "linter/finding.hpp"
#include "linter/summary.hpp"
#include "linter/workload_report.hpp"

namespace dotdiag {

/// The schema's version. It rises when a member changes its meaning or goes; new members may come at any time.
inline constexpr int report_version = 1;

Json finding_json(const Finding& finding);
/// `file` is where the workload is.
Json workload_json(const std::string& file, const WorkloadReport& workload);
Json summary_json(const Summary& summary);

}  // namespace dotdiag
