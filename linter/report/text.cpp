// For people: one line a finding, `path:line:col: severity: message [rule]`, and with snippets the line it is about:
//
//   web.yaml:12:7: error: container web does not ... [shared-tmp]
//      12 |       - name: web
//         |         ^^^^
//         = help: mount an emptyDir at /tmp
#include "linter/report.hpp"

#include "linter/report/printable.hpp"

namespace dotdiag {
namespace {

std::string_view color_of(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "\033[1;36m";
    case Severity::warning:
      return "\033[1;33m";
    case Severity::error:
      return "\033[1;31m";
  }
  return "";
}

/// White space as wide as the start of `line` up to `column`: tabs stay tabs, so that the caret stands below its
/// character.
std::string indent_below(std::string_view line, std::size_t column) {
  std::string indent;
  for (const char c : line) {
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;  // inside a UTF-8 sequence
    if (indent.size() + 1 >= column) break;
    indent += c == '\t' ? '\t' : ' ';
  }
  return indent;
}

class TextReport : public Report {
 public:
  TextReport(std::ostream& out, const ReportStyle& style) : out_(out), style_(style) {}

  void file(const FileReport& report) override {
    for (const Finding& finding : report.findings)
      write(finding);
  }
  void finish(const Summary&) override {}

 private:
  std::string_view color(std::string_view code) const { return style_.color ? code : ""; }

  void write(const Finding& finding) {
    out_ << color("\033[1m") << printable(finding.file);
    if (finding.begin.line > 0) out_ << ':' << finding.begin.line << ':' << finding.begin.column;
    out_ << ": " << color(color_of(finding.severity)) << severity_name(finding.severity) << ": " << color("\033[0m")
         << printable(finding.message) << " [" << finding.rule << "]\n";
    if (style_.snippets) write_snippet(finding);
    if (!finding.paste.empty()) write_paste(finding.paste);
  }

  void write_snippet(const Finding& finding) {
    const std::string number = std::to_string(finding.begin.line);
    const std::string margin(number.size() + 4, ' ');
    if (finding.excerpt.width > 0) {
      const std::string line = without_controls(finding.excerpt.text);
      out_ << "   " << number << " | " << line << '\n'
           << margin << "| " << indent_below(line, finding.excerpt.column) << color(color_of(finding.severity))
           << std::string(finding.excerpt.width, '^') << color("\033[0m") << '\n';
    }
    if (!finding.remedy.empty()) out_ << margin << "= help: " << printable(finding.remedy) << '\n';
  }

  /// In a source line each character must keep its width.
  static std::string without_controls(std::string line) {
    for (char& c : line)
      if (c != '\t' && (static_cast<unsigned char>(c) < ' ' || c == 0x7f)) c = '?';
    return line;
  }

  void write_paste(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      out_ << "    " << without_controls(std::string(text.substr(0, end))) << '\n';
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
  }

  std::ostream& out_;
  ReportStyle style_;
};

}  // namespace

std::unique_ptr<Report> open_text_report(std::ostream& out, const ReportStyle& style) {
  return std::make_unique<TextReport>(out, style);
}

}  // namespace dotdiag
