// The reports of one run: each in its format, on standard output or in a file.
#pragma once

#include "linter/report.hpp"

#include <functional>
#include <memory>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// Where a report goes, and how it is written.
struct ReportTarget {
  const ReportFormat* format = &report_formats().front();
  std::string file = {};  ///< empty: standard output
};

/// The target that `FORMAT` or `FORMAT=FILE` names. Throws InputError where there is no such format.
ReportTarget report_target(std::string_view word);

/// What a run without --format writes: text, or on GitHub Actions what shows up in pull requests. `variable` is the
/// environment.
ReportTarget usual_target(const std::function<std::string(std::string_view)>& variable);

/// The one that goes to standard output; nullptr where none does.
const ReportTarget* target_on_output(const std::vector<ReportTarget>& targets);

/// All the reports. Those in files are collected and put there at the end, whole: whoever reads along never sees half
/// of one, and an old report stays until the new one is complete.
class Reports {
 public:
  /// Throws InputError where a file cannot be put where it is wanted: better before than after the work.
  Reports(const std::vector<ReportTarget>& targets, std::ostream& out, const ReportStyle& style);

  void file(const FileReport& report);
  void finish(const Summary& summary);

  /// Puts the files in their places. One that cannot be written does not keep the others from it: false, and `err`
  /// says why.
  bool write_files(std::ostream& err) const;

 private:
  struct InFile {
    std::string name;
    std::unique_ptr<std::ostringstream> text;
  };

  std::vector<InFile> files_;
  std::vector<std::unique_ptr<Report>> reports_;
};

}  // namespace dotdiag
