// The command line of dotdiag-lint.
#pragma once

#include "linter/run.hpp"

#include <optional>

namespace dotdiag {

/// What to do, or the exit code where the command line was all there was to do (--help, --version, misuse: already
/// printed).
struct Options {
  RunSettings settings;
  std::optional<int> exit_code;
  std::optional<PolicySet> policies;  ///< with --policies; `settings` points into it or at the built-in ones
  std::string explain;                ///< --explain: a finding's id or an error message; empty: not asked for
  bool rules = false;                 ///< --rules: list what there is to find, in the format `rules_format`
  std::string rules_format = "text";  ///< or `json` or `markdown`

  std::string schema;  ///< --schema: `config`, `report` or `baseline`; empty: not asked for

  /// True where something is looked up, and nothing linted.
  bool is_reference() const { return rules || !explain.empty() || !schema.empty(); }
};

/// Throws InputError for what --policies, --config and --debugger lead to.
void parse_options(int argc, const char* const* argv, Options& options);

}  // namespace dotdiag
