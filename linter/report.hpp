// How findings are written out. A new format is one file in linter/report/ and one row in report.cpp.
#pragma once

#include "core/policy/policy.hpp"
#include "linter/file_report.hpp"
#include "linter/summary.hpp"

#include <memory>
#include <optional>
#include <ostream>
#include <string_view>
#include <vector>

namespace dotdiag {

struct ReportStyle {
  bool color = false;
  bool snippets = false;                              ///< show the source line and the remedy
  std::optional<Severity> fail_on = Severity::error;  ///< what fails the run, for formats that know of success
  const PolicySet* policies = &PolicySet::builtin();  ///< whose requirements can be found, for formats that list rules
};

/// Writes findings in one format, file by file as they come.
class Report {
 public:
  virtual ~Report() = default;
  /// Called for each file, also for one without a finding.
  virtual void file(const FileReport& report) = 0;
  /// Called once, behind all files.
  virtual void finish(const Summary& summary) = 0;
};

struct ReportFormat {
  std::string_view name;
  /// True where standard output is for a program: it then holds the document and nothing else, and is never coloured.
  bool for_machines = false;
  bool shows_fixes = false;      ///< it wants Finding::fix
  bool shows_workloads = false;  ///< it wants FileReport::workloads
  bool shows_blocks = false;     ///< it shows findings of one Diagnosis as one, where there are snippets
  std::unique_ptr<Report> (*open)(std::ostream& out, const ReportStyle& style);
};

/// The formats, the default first.
const std::vector<ReportFormat>& report_formats();

/// The format of that name; nullptr where there is none.
const ReportFormat* find_report_format(std::string_view name);

std::unique_ptr<Report> open_text_report(std::ostream& out, const ReportStyle& style);
std::unique_ptr<Report> open_concise_report(std::ostream& out, const ReportStyle& style);
std::unique_ptr<Report> open_json_report(std::ostream& out, const ReportStyle& style);
std::unique_ptr<Report> open_json_lines_report(std::ostream& out, const ReportStyle& style);
std::unique_ptr<Report> open_sarif_report(std::ostream& out, const ReportStyle& style);
std::unique_ptr<Report> open_junit_report(std::ostream& out, const ReportStyle& style);
std::unique_ptr<Report> open_github_report(std::ostream& out, const ReportStyle& style);
std::unique_ptr<Report> open_gitlab_report(std::ostream& out, const ReportStyle& style);
std::unique_ptr<Report> open_checkstyle_report(std::ostream& out, const ReportStyle& style);
std::unique_ptr<Report> open_html_report(std::ostream& out, const ReportStyle& style);
std::unique_ptr<Report> open_rdjson_report(std::ostream& out, const ReportStyle& style);

}  // namespace dotdiag
