// For editors and grep: a finding is one line, whatever it holds, as compilers write it:
// `path:line:col: severity: message [rule]`.
#include "linter/report.hpp"

#include "core/document/printable.hpp"

namespace dotdiag {
namespace {

class ConciseReport : public Report {
 public:
  explicit ConciseReport(std::ostream& out) : out_(out) {}

  void file(const FileReport& report) override {
    for (const Finding& finding : report.findings)
      write(finding);
  }

  void finish(const Summary&) override {}

 private:
  void write(const Finding& finding) {
    out_ << printable(finding.file);
    if (finding.begin.line > 0) out_ << ':' << finding.begin.line << ':' << finding.begin.column;
    out_ << ": " << severity_name(finding.severity) << ": " << printable(finding.sentence()) << " [" << finding.rule
         << "]\n";
  }

  std::ostream& out_;
};

}  // namespace

std::unique_ptr<Report> open_concise_report(std::ostream& out, const ReportStyle&) {
  return std::make_unique<ConciseReport>(out);
}

}  // namespace dotdiag
