#include "linter/report/finding_json.hpp"

namespace dotdiag {
namespace {

Json workload_json(const Finding& finding) {
  if (finding.kind.empty()) return nullptr;
  return {{"kind", finding.kind}, {"namespace", finding.name_space}, {"name", finding.name}};
}

Json fix_json(const std::vector<Replacement>& fix) {
  Json list = Json::array();
  for (const Replacement& replacement : fix)
    list.push_back({{"line", replacement.begin.line},
                    {"column", replacement.begin.column},
                    {"endLine", replacement.end.line},
                    {"endColumn", replacement.end.column},
                    {"text", replacement.text}});
  return list;
}

Json suppression_json(const std::optional<Suppression>& suppression) {
  if (!suppression) return nullptr;
  const bool is_inside = suppression->where == Suppression::Where::manifest;
  return {{"where", is_inside ? "manifest" : "outside"}, {"reason", suppression->reason}};
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

}  // namespace

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
      {"origin", finding.origin},
      {"remedy", finding.remedy},
      {"workload", workload_json(finding)},
      {"container", finding.container},
      {"policy", finding.policy},
      {"pointer", finding.pointer},
      {"fixable", finding.fixable},
      {"unsafelyFixable", finding.unsafely_fixable},
      {"fix", fix_json(finding.fix)},
      {"paste", finding.paste},
      {"suppressed", suppression_json(finding.suppression)},
  };
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
      {"suppressed", summary.suppressed},
      {"fixable", summary.fixable},
      {"unsafelyFixable", summary.unsafely_fixable},
      {"fixed", summary.fixed},
      {"provedByOneReader", summary.proved_by_one},
      {"changedFiles", summary.changed_files},
  };
}

}  // namespace dotdiag
