// Overlays of one base render to the same: what is true of it for the same reason at the same place is said once.
#pragma once

#include "linter/lint_file.hpp"

#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace dotdiag {

class SaidOnce {
 public:
  /// A result of rendered text, file by file, each sorted by position: without what was said before, and without what
  /// is below `min_severity`. Counts change with it; they are in the first part.
  std::vector<FileResult> parts(FileResult result, Severity min_severity);

 private:
  bool is_new(const Finding& finding);

  /// File, line, column, rule, message.
  std::set<std::tuple<std::string, std::size_t, std::size_t, std::string, std::string>> said_;
};

}  // namespace dotdiag
