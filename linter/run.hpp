// A whole run: from the paths on the command line to the exit code.
#pragma once

#include "linter/inputs.hpp"
#include "linter/lint_file.hpp"
#include "linter/render/render_settings.hpp"
#include "linter/reports.hpp"
#include "linter/suppression/ignores.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace dotdiag {

/// What a run does with the files that one settings file is for.
struct Settings {
  FileSettings file;          ///< its context is found out by the run
  Surroundings surroundings;  ///< what was said about where the workloads will run
  std::shared_ptr<const Ignores> ignores;
  std::shared_ptr<const Source> source;  ///< the settings file; nullptr where there is none
};

struct RunSettings : Settings {
  /// The settings for a file that has a settings file of its own above it, whose path is given: nothing where one was
  /// named, or none is wanted.
  std::function<Settings(const std::string& config)> with_config;
  std::optional<std::string> config;  ///< the path of the settings file that these settings come from
  std::string sources = "auto";       ///< where the sources of images are: auto, none, or a directory
  std::vector<ImageMapping> images;   ///< what the settings say about images
  RenderSettings render;
  std::vector<std::string> paths;
  std::size_t jobs = 1;
  std::optional<Severity> fail_on = Severity::error;  ///< inclusive; nothing: findings never fail the run
  bool allow_empty = false;
  bool fail_on_fix = false;  ///< exit code 1 where something was mended
  bool progress = false;     ///< the diagnostics go to a terminal: say there how far a long run has come
  Exclusions exclusions;     ///< what is not looked at in directories
  std::string baseline;      ///< the file with the findings that are known; empty: none
  std::string new_baseline;  ///< where to write one; empty: nowhere
  std::vector<ReportTarget> reports = {ReportTarget{}};  ///< at most one of them on standard output
  ReportStyle style;
};

/// Exit codes, the same for every format: 0 clean, 1 findings (or, with a diff, something to change), 2 something could
/// not be processed.
int exit_code(const Summary& summary, const RunSettings& settings);

/// Lints everything. Findings go to `out`, diagnostics to `err`; where `out` is needed for a diff or for mended text,
/// findings go to `err` too. Stops early when `out` takes no more.
int run(const RunSettings& settings, std::ostream& out, std::ostream& err);

}  // namespace dotdiag
