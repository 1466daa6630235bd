// For GitHub Actions: workflow commands that put a finding beside its line in a pull request.
//
// GitHub shows ten annotations of a kind in a step, so the worst come first. The log shows the message alone: that is
// why it begins with the place once more. Escaping: docs.github.com, "Workflow commands for GitHub Actions", and the
// runner's own ActionCommand.cs, which unescapes `%25`, `%0D`, `%0A`, and in properties `%3A` and `%2C` too.
#include "linter/report.hpp"

#include "core/document/printable.hpp"
#include "core/document/utf.hpp"
#include "linter/report/repository_path.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

std::string escaped(std::string_view text, bool is_property) {
  std::string result;
  for (const char c : text) {
    if (c == '%') {
      result += "%25";
    } else if (c == '\r') {
      result += "%0D";
    } else if (c == '\n') {
      result += "%0A";
    } else if (is_property && c == ':') {
      result += "%3A";
    } else if (is_property && c == ',') {
      result += "%2C";
    } else {
      // The runner has no escape for control characters.
      const bool is_shown = static_cast<unsigned char>(c) >= ' ' && c != 0x7f;
      result += is_shown ? std::string(1, c) : "\xEF\xBF\xBD";
    }
  }
  return result;
}

std::string property(std::string_view text) {
  return escaped(valid_utf8(text), true);
}

std::string_view command_of(Severity severity) {
  return severity == Severity::note ? "notice" : severity_name(severity);
}

class GithubReport : public Report {
 public:
  explicit GithubReport(std::ostream& out) : out_(out) {}

  void file(const FileReport& report) override {
    findings_.insert(findings_.end(), report.findings.begin(), report.findings.end());
  }

  void finish(const Summary&) override {
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const Finding& left, const Finding& right) { return left.severity > right.severity; });
    for (const Finding& finding : findings_)
      write(finding);
  }

 private:
  void write(const Finding& finding) {
    out_ << "::" << command_of(finding.severity) << " title=" << property("dotdiag-lint (" + finding.rule + ")")
         << ",file=" << property(repository_path(finding.file));
    const Position& begin = finding.begin;
    if (begin.line > 0) out_ << ",line=" << begin.line << ",endLine=" << finding.end.line;
    // Columns mean something on one line only.
    if (begin.line > 0 && finding.end.line == begin.line)
      out_ << ",col=" << begin.column << ",endColumn=" << finding.end.column;
    out_ << "::" << escaped(message(finding), false) << '\n';
  }

  static std::string message(const Finding& finding) {
    std::string text = printable(finding.file);
    if (finding.begin.line > 0)
      text += ':' + std::to_string(finding.begin.line) + ':' + std::to_string(finding.begin.column);
    text += ": " + printable(finding.sentence()) + " [" + finding.rule + "]";
    if (!finding.remedy.empty()) text += "\nhelp: " + printable(finding.remedy);
    return text;
  }

  std::ostream& out_;
  std::vector<Finding> findings_;
};

}  // namespace

std::unique_ptr<Report> open_github_report(std::ostream& out, const ReportStyle&) {
  return std::make_unique<GithubReport>(out);
}

}  // namespace dotdiag
