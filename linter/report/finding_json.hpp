// A finding and a summary as linter/report.schema.json describes them.
#pragma once

#include "core/document/json.hpp"
#include "linter/finding.hpp"
#include "linter/summary.hpp"

namespace dotdiag {

/// The schema's version. It rises when a member changes its meaning or goes; new members may come at any time.
inline constexpr int report_version = 1;

Json finding_json(const Finding& finding);
Json summary_json(const Summary& summary);

}  // namespace dotdiag
