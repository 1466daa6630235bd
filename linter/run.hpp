// A whole run: from the paths on the command line to the exit code.
#pragma once

#include "linter/lint_file.hpp"
#include "linter/report.hpp"

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace dotdiag {

struct RunSettings {
  FileSettings file;          ///< its context is found out by the run
  Surroundings surroundings;  ///< what was said about where the workloads will run
  std::vector<std::string> paths;
  std::size_t jobs = 1;
  std::optional<Severity> fail_on = Severity::error;  ///< inclusive; nothing: findings never fail the run
  bool allow_empty = false;
  const ReportFormat* format = &report_formats().front();
  ReportStyle style;
};

/// Exit codes, the same for every format: 0 clean, 1 findings (or, with a diff, something to change), 2 something could
/// not be processed.
int exit_code(const Summary& summary, const RunSettings& settings);

/// Lints everything. Findings go to `out`, diagnostics to `err`; where `out` is needed for a diff or for mended text,
/// findings go to `err` too. Stops early when `out` takes no more.
int run(const RunSettings& settings, std::ostream& out, std::ostream& err);

}  // namespace dotdiag
