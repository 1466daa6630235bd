// How findings are written out. A new format is one file in linter/report/ and one row in report.cpp.
#pragma once

#include "linter/finding.hpp"
#include "linter/summary.hpp"
#include "linter/workload_report.hpp"

#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct ReportStyle {
  bool color = false;
  bool snippets = false;  ///< show the source line and the remedy
};

/// Writes findings in one format, file by file as they come.
class Report {
 public:
  virtual ~Report() = default;
  /// The findings of one file, sorted by position; called for each file, also with none.
  virtual void file(const std::string& path, const std::vector<Finding>& findings) = 0;
  /// The workloads of one file that were judged, where the format shows them; called behind its findings.
  virtual void workloads(const std::string& /*path*/, const std::vector<WorkloadReport>& /*workloads*/) {}
  /// Called once, behind all files.
  virtual void finish(const Summary& summary) = 0;
};

struct ReportFormat {
  std::string_view name;
  /// True where standard output is for a program: it then holds the document and nothing else, and is never coloured.
  bool for_machines;
  bool shows_workloads;  ///< it also tells how each workload can be reached
  std::unique_ptr<Report> (*open)(std::ostream& out, const ReportStyle& style);
};

/// The formats, the default first.
const std::vector<ReportFormat>& report_formats();

/// The format of that name; nullptr where there is none.
const ReportFormat* find_report_format(std::string_view name);

std::unique_ptr<Report> open_text_report(std::ostream& out, const ReportStyle& style);
std::unique_ptr<Report> open_json_report(std::ostream& out, const ReportStyle& style);

}  // namespace dotdiag
