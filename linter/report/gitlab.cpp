// For GitLab's Code Quality report (docs.gitlab.com, "Code Quality", "Code Quality report format"): a JSON array, also
// an empty one. GitLab does not show `check_name`, so the description begins with the rule; it merges what has the same
// fingerprint, and drops what has no severity. Type and categories are for other readers of Code Climate's format,
// whose subset it is.
#include "linter/report.hpp"

#include "linter/fingerprint.hpp"
#include "linter/report/json_text.hpp"
#include "linter/report/repository_path.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

std::string_view gitlab_severity(Severity severity) {
  if (severity == Severity::note) return "info";
  return severity == Severity::warning ? "minor" : "major";
}

class GitlabReport : public Report {
 public:
  explicit GitlabReport(std::ostream& out) : out_(out) { out_ << '['; }

  void file(const FileReport& report) override {
    const std::string path = report.findings.empty() ? "" : repository_path(report.file);
    for (const Finding& finding : report.findings) {
      out_ << (is_first_ ? "\n  " : ",\n  ") << json_text(entry(path, finding));
      is_first_ = false;
    }
  }

  void finish(const Summary&) override { out_ << (is_first_ ? "" : "\n") << "]\n"; }

 private:
  Json entry(const std::string& path, const Finding& finding) {
    return {
        {"type", "issue"},
        {"categories", Json::array({"Bug Risk"})},
        {"description", finding.rule + ": " + finding.sentence()},
        {"check_name", finding.rule},
        {"fingerprint", fingerprints_.of(path, finding)},
        {"severity", gitlab_severity(finding.severity)},
        {"location",
         {{"path", path},
          {"lines",
           {{"begin", std::max<std::size_t>(finding.begin.line, 1)},
            {"end", std::max<std::size_t>(finding.end.line, 1)}}}}},
    };
  }

  std::ostream& out_;
  Fingerprints fingerprints_;
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<Report> open_gitlab_report(std::ostream& out, const ReportStyle&) {
  return std::make_unique<GitlabReport>(out);
}

}  // namespace dotdiag
