#include "linter/debugger_findings.hpp"

#include "linter/place.hpp"

namespace dotdiag {

void DebuggerFindings::add(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    if (!said_.emplace(finding.file + finding.pointer, finding.rule + finding.message).second) continue;
    for (std::size_t index = 0; index < files_.size(); ++index)
      if (files_[index].name() == finding.file) findings_[index].push_back(finding);
  }
}

void DebuggerFindings::tell(Reports& reports, Severity min_severity, Summary& summary) {
  for (std::size_t index = 0; index < files_.size(); ++index) {
    std::vector<Finding>& findings = findings_[index];
    ++summary.files;
    for (const Finding& finding : findings)
      summary.count(finding.severity);
    summary.hidden += std::erase_if(findings, [&](const Finding& one) { return one.severity < min_severity; });
    place(*files_[index].document().source, findings);
    reports.file({files_[index].name(), findings, {}, {}});
  }
}

}  // namespace dotdiag
