// The XML of Checkstyle, which Jenkins, reviewdog and many others read.
#include "linter/report.hpp"

#include "linter/report/xml.hpp"

namespace dotdiag {
namespace {

class CheckstyleReport : public Report {
 public:
  explicit CheckstyleReport(std::ostream& out) : out_(out) {
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  }

  void file(const FileReport& report) override {
    if (report.findings.empty()) return;
    out_ << "  <file name=\"" << xml_escaped(report.file) << "\">\n";
    for (const Finding& finding : report.findings)
      write(finding);
    out_ << "  </file>\n";
  }

  void finish(const Summary&) override { out_ << "</checkstyle>\n"; }

 private:
  static std::string_view severity_of(const Finding& finding) {
    return finding.severity == Severity::note ? "info" : severity_name(finding.severity);
  }

  void write(const Finding& finding) {
    out_ << "    <error";
    if (finding.begin.line > 0)
      out_ << " line=\"" << finding.begin.line << "\" column=\"" << finding.begin.column << '"';
    out_ << " severity=\"" << severity_of(finding) << "\" message=\"" << xml_escaped(finding.sentence())
         << "\" source=\"dotdiag-lint." << xml_escaped(finding.rule) << "\"/>\n";
  }

  std::ostream& out_;
};

}  // namespace

std::unique_ptr<Report> open_checkstyle_report(std::ostream& out, const ReportStyle&) {
  return std::make_unique<CheckstyleReport>(out);
}

}  // namespace dotdiag
