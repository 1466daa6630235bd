// Gathers what many workloads have to say about the few debug containers that are meant for them.
#pragma once

#include "linter/debugger_file.hpp"
#include "linter/reports.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace dotdiag {

class DebuggerFindings {
 public:
  /// `files` must outlive this.
  explicit DebuggerFindings(const std::vector<DebuggerFile>& files) : files_(files), findings_(files.size()) {}

  /// Takes over `findings`, each about one of the files. What was said before is not said again.
  void add(const std::vector<Finding>& findings);

  /// Reports them file by file, but for those below `min_severity`, and counts all of them in `summary`.
  void tell(Reports& reports, Severity min_severity, Summary& summary);

 private:
  const std::vector<DebuggerFile>& files_;
  std::vector<std::vector<Finding>> findings_;  // one list for each file
  std::set<std::pair<std::string, std::string>> said_;
};

}  // namespace dotdiag
