// For programs that read line by line: each line is an object, `{"type": "finding", ...}`, and the last one
// `{"type": "summary", "version": 1, ...}`, with the members of the format json.
#include "linter/report.hpp"

#include "linter/report/finding_json.hpp"
#include "linter/report/json_text.hpp"

namespace dotdiag {
namespace {

class JsonLinesReport : public Report {
 public:
  explicit JsonLinesReport(std::ostream& out) : out_(out) {}

  void file(const FileReport& report) override {
    for (const Finding& finding : report.findings)
      write({{"type", "finding"}}, finding_json(finding));
    for (const Finding& finding : report.suppressed)
      write({{"type", "suppressed"}}, finding_json(finding));
    for (const WorkloadReport& workload : report.workloads)
      write({{"type", "workload"}}, workload_json(report.file, workload));
  }

  void finish(const Summary& summary) override {
    write({{"type", "summary"}, {"version", report_version}}, summary_json(summary));
  }

 private:
  void write(Json line, const Json& members) {
    line.update(members);
    out_ << json_text(line) << '\n';
  }

  std::ostream& out_;
};

}  // namespace

std::unique_ptr<Report> open_json_lines_report(std::ostream& out, const ReportStyle&) {
  return std::make_unique<JsonLinesReport>(out);
}

}  // namespace dotdiag
