// Lints one file, and mends it where that is asked for.
#pragma once

#include "linter/file_report.hpp"
#include "linter/inputs.hpp"
#include "linter/lint.hpp"
#include "linter/per_file_ignore.hpp"
#include "linter/summary.hpp"

#include <string>
#include <vector>

namespace dotdiag {

struct FileSettings {
  enum class Fix { no, write, show_diff };
  LintSettings lint;
  Fix fix = Fix::no;
  Severity min_severity = Severity::warning;  ///< findings below are counted and hidden
  bool show_fixes = false;                    ///< give findings what mends them
  bool blocks = false;                        ///< what one container lacks is shown as one, with what --fix would add
  std::string stdin_name = "<stdin>";
  std::vector<PerFileIgnore> per_file_ignores;  ///< of the settings file in ...
  std::string config_directory;                 ///< ... this directory
};

struct FileResult {
  FileReport report;
  std::vector<Finding> about_debuggers;  ///< in the files that --debugger names; not counted in `summary`
  Summary summary;
  /// True where the input was rendered: `findings` then are all there are, in several files, and not sorted.
  bool is_rendered = false;
  std::string output;  ///< for standard output: the diff, or with `-` and Fix::write the new text (or the old where
                       ///< nothing changed)
};

/// Never throws for what is in the file: what cannot be read is a finding. With Fix::write the file is written before
/// this returns, so that its findings are what remains.
FileResult lint_file(const Input& input, const FileSettings& settings);

}  // namespace dotdiag
