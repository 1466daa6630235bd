// For programs: one document, `{"version": 1, "findings": [...], "suppressed": [...], "workloads": [...], "summary":
// {...}}`, as linter/report.schema.json describes it. A finding is a line of its own, written as soon as it is known; a
// workload that was judged is one too, be there findings or none.
#include "linter/report.hpp"

#include "linter/report/finding_json.hpp"
#include "linter/report/json_text.hpp"

#include <string>
#include <utility>

namespace dotdiag {
namespace {

class JsonReport : public Report {
 public:
  explicit JsonReport(std::ostream& out) : out_(out) {
    out_ << "{\"version\": " << report_version << ", \"findings\": [";
  }

  void file(const FileReport& report) override {
    for (const Finding& finding : report.findings)
      out_ << next(is_first_) << json_text(finding_json(finding));
    for (const Finding& finding : report.suppressed)
      suppressed_ += next(is_first_suppressed_) + json_text(finding_json(finding));
    for (const WorkloadReport& workload : report.workloads)
      workloads_ += next(is_first_workload_) + json_text(workload_json(report.file, workload));
  }

  void finish(const Summary& summary) override {
    out_ << (is_first_ ? "" : "\n") << "], \"suppressed\": [" << suppressed_ << (suppressed_.empty() ? "" : "\n")
         << "], \"workloads\": [" << workloads_ << (workloads_.empty() ? "" : "\n")
         << "], \"summary\": " << json_text(summary_json(summary)) << "}\n";
  }

 private:
  static std::string next(bool& is_first) { return std::exchange(is_first, false) ? "\n  " : ",\n  "; }

  std::ostream& out_;
  std::string suppressed_;
  std::string workloads_;
  bool is_first_ = true;
  bool is_first_suppressed_ = true;
  bool is_first_workload_ = true;
};

}  // namespace

std::unique_ptr<Report> open_json_report(std::ostream& out, const ReportStyle&) {
  return std::make_unique<JsonReport>(out);
}

}  // namespace dotdiag
