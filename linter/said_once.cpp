#include "linter/said_once.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace dotdiag {
namespace {

void sort_by_place(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& left, const Finding& right) {
    return std::tie(left.begin.line, left.begin.column) < std::tie(right.begin.line, right.begin.column);
  });
}

}  // namespace

bool SaidOnce::is_new(const Finding& finding) {
  const auto& [line, column] = finding.begin;
  // Two workloads of one file may have no line to tell them apart.
  const std::string whose = line > 0 ? "" : finding.kind + " " + finding.name_space + "/" + finding.name;
  return said_.emplace(finding.file, line, column, finding.rule, finding.message + whose).second;
}

std::vector<FileResult> SaidOnce::parts(FileResult result, Severity min_severity) {
  Summary& summary = result.summary;
  std::map<std::string, FileReport> reports;
  reports[result.report.file].workloads = std::move(result.report.workloads);
  for (Finding& finding : result.report.findings) {
    if (!is_new(finding)) {
      summary.take_back(finding);
    } else if (finding.severity < min_severity) {
      ++summary.hidden;
    } else {
      reports[finding.file].findings.push_back(std::move(finding));
    }
  }
  for (Finding& finding : result.report.suppressed) {
    if (is_new(finding)) {
      reports[finding.file].suppressed.push_back(std::move(finding));
    } else {
      --summary.suppressed;
    }
  }
  std::vector<FileResult> parts;
  for (auto& [file, report] : reports) {
    report.file = file;
    sort_by_place(report.findings);
    sort_by_place(report.suppressed);
    FileResult& part = parts.emplace_back();
    if (parts.size() == 1) part = std::move(result);
    part.report = std::move(report);
  }
  return parts;
}

}  // namespace dotdiag
