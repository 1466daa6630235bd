// For programs: one document, `{"version": 1, "findings": [...], "workloads": [...], "summary": {...}}`. A finding is a
// line of its own, written as soon as it is known; a workload that was judged is one too, be there findings or none.
// `version` rises when a member changes its meaning or goes; new members may come at any time.
#include "linter/report.hpp"

#include "core/document/json.hpp"

namespace dotdiag {
namespace {

/// The text of `value`: always valid UTF-8, also where a file's name is not.
std::string text_of(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json workload_json(const Finding& finding) {
  if (finding.kind.empty()) return nullptr;
  return {{"kind", finding.kind}, {"namespace", finding.name_space}, {"name", finding.name}};
}

Json finding_json(const Finding& finding) {
  return {
      {"file", finding.file},
      {"line", finding.begin.line},
      {"column", finding.begin.column},
      {"endLine", finding.end.line},
      {"endColumn", finding.end.column},
      {"severity", severity_name(finding.severity)},
      {"rule", finding.rule},
      {"message", finding.message},
      {"remedy", finding.remedy},
      {"workload", workload_json(finding)},
      {"container", finding.container},
      {"policy", finding.policy},
      {"pointer", finding.pointer},
      {"fixable", finding.fixable},
      {"unsafelyFixable", finding.unsafely_fixable},
      {"paste", finding.paste},
  };
}

Json way_json(const WayReport& way) {
  return {{"mode", way.mode}, {"verdict", way.verdict}, {"reason", way.reason}, {"remedy", way.remedy}};
}

Json target_json(const WorkloadReport::Target& target) {
  Json ways = Json::array();
  for (const WayReport& way : target.ways)
    ways.push_back(way_json(way));
  return {{"container", target.container}, {"missing", target.missing}, {"ways", std::move(ways)}};
}

Json workload_json(const std::string& file, const WorkloadReport& workload) {
  Json targets = Json::array();
  for (const WorkloadReport::Target& target : workload.targets)
    targets.push_back(target_json(target));
  return {
      {"file", file},
      {"line", workload.line},
      {"kind", workload.kind},
      {"namespace", workload.name_space},
      {"name", workload.name},
      {"policies", workload.policies},
      {"evidence", workload.evidence},
      {"targets", std::move(targets)},
  };
}

Json summary_json(const Summary& summary) {
  return {
      {"files", summary.files},
      {"objects", summary.objects},
      {"otherDocuments", summary.other_documents},
      {"notProcessed", summary.unreadable},
      {"judged", summary.judged},
      {"notJudged", summary.not_judged},
      {"errors", summary.errors},
      {"warnings", summary.warnings},
      {"notes", summary.notes},
      {"hidden", summary.hidden},
      {"fixable", summary.fixable},
      {"unsafelyFixable", summary.unsafely_fixable},
      {"fixed", summary.fixed},
      {"changedFiles", summary.changed_files},
  };
}

class JsonReport : public Report {
 public:
  explicit JsonReport(std::ostream& out) : out_(out) { out_ << "{\"version\": 1, \"findings\": ["; }

  void file(const std::string&, const std::vector<Finding>& findings) override {
    for (const Finding& finding : findings) {
      out_ << (is_first_ ? "\n  " : ",\n  ") << text_of(finding_json(finding));
      is_first_ = false;
    }
  }

  void workloads(const std::string& path, const std::vector<WorkloadReport>& workloads) override {
    for (const WorkloadReport& workload : workloads)
      workloads_ += (workloads_.empty() ? "\n  " : ",\n  ") + text_of(workload_json(path, workload));
  }

  void finish(const Summary& summary) override {
    out_ << (is_first_ ? "" : "\n") << "], \"workloads\": [" << workloads_ << (workloads_.empty() ? "" : "\n")
         << "], \"summary\": " << text_of(summary_json(summary)) << "}\n";
  }

 private:
  std::ostream& out_;
  std::string workloads_;
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<Report> open_json_report(std::ostream& out, const ReportStyle&) {
  return std::make_unique<JsonReport>(out);
}

}  // namespace dotdiag
