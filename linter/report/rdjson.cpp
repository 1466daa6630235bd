// For reviewdog: its own format (github.com/reviewdog/reviewdog, proto/rdf), with suggestions that it can post. It
// counts columns in bytes, and takes one suggestion for a comment, so a fix comes in one piece.
#include "linter/report.hpp"

#include "linter/report/json_text.hpp"

namespace dotdiag {
namespace {

std::string_view rdf_severity(Severity severity) {
  if (severity == Severity::note) return "INFO";
  return severity == Severity::warning ? "WARNING" : "ERROR";
}

Json position(std::size_t line, std::size_t byte_column) {
  return {{"line", line}, {"column", byte_column}};
}

/// Where the finding begins: how many bytes it is long is nothing that reviewdog shows.
Json location(const Finding& finding) {
  Json location = {{"path", finding.file}};
  if (finding.begin.line > 0)
    location["range"] = {{"start", position(finding.begin.line, std::max<std::size_t>(finding.byte_column, 1))}};
  return location;
}

Json diagnostic(const Finding& finding) {
  Json diagnostic = {
      {"message", finding.sentence() + (finding.remedy.empty() ? "" : "; " + finding.remedy)},
      {"location", location(finding)},
      {"severity", rdf_severity(finding.severity)},
      {"code", {{"value", finding.rule}}},
  };
  // It replaces whole lines, so its columns are 1, however they are counted; but for a last line without an end.
  if (finding.whole_fix && finding.whole_fix->end.column == 1)
    diagnostic["suggestions"] = Json::array(
        {{{"range",
           {{"start", position(finding.whole_fix->begin.line, 1)}, {"end", position(finding.whole_fix->end.line, 1)}}},
          {"text", finding.whole_fix->text}}});
  return diagnostic;
}

class RdjsonReport : public Report {
 public:
  explicit RdjsonReport(std::ostream& out) : out_(out) {
    out_ << "{\"source\": {\"name\": \"dotdiag-lint\"}, \"diagnostics\": [";
  }

  void file(const FileReport& report) override {
    for (const Finding& finding : report.findings) {
      out_ << (is_first_ ? "\n  " : ",\n  ") << json_text(diagnostic(finding));
      is_first_ = false;
    }
  }

  void finish(const Summary&) override { out_ << (is_first_ ? "" : "\n") << "]}\n"; }

 private:
  std::ostream& out_;
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<Report> open_rdjson_report(std::ostream& out, const ReportStyle&) {
  return std::make_unique<RdjsonReport>(out);
}

}  // namespace dotdiag
