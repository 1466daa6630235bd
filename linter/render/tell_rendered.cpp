#include "linter/render/tell_rendered.hpp"

#include "core/edit/yaml_snippet.hpp"
#include "linter/fix.hpp"

#include <iterator>
#include <memory>
#include <string>
#include <utility>

namespace dotdiag {
namespace {

using Kind = Rendered::Kind;
using Outcome = Rendered::Outcome;

Finding finding_about(const Rendered& rendered, Severity severity, std::string rule, std::string message,
                      std::string remedy) {
  Finding finding;
  finding.file = rendered.failed_file.empty() ? rendered.file : rendered.failed_file;
  finding.begin = finding.end = rendered.failed_at;
  finding.severity = severity;
  finding.rule = std::move(rule);
  finding.message = std::move(message);
  finding.remedy = std::move(remedy);
  return finding;
}

Finding unrendered_chart(const Rendered& rendered) {
  return finding_about(rendered, Severity::warning, "unrendered-chart",
                       "the chart (" + count_of(rendered.templates, "template") +
                           ") cannot be judged before it is rendered: " + rendered.why,
                       "put helm into PATH, or run: helm template " + rendered.directory + " | dotdiag-lint -");
}

Finding unrendered_kustomization(const Rendered& rendered) {
  return finding_about(
      rendered, Severity::note, "unrendered-kustomization",
      "the kustomization is not built, and its files are judged one by one: " + rendered.why,
      "put kustomize or kubectl into PATH, or run: kubectl kustomize " + rendered.directory + " | dotdiag-lint -");
}

Finding failed(const Rendered& rendered) {
  const std::string tool = rendered.kind == Kind::chart ? "helm template" : "its build";
  const std::string remedy = rendered.kind == Kind::chart
                                 ? "make it render; give the values that it needs with --values"
                                 : "make it build; its files are judged one by one";
  return finding_about(rendered, Severity::error, "render-failed",
                       "the " + std::string(rendered.what()) + " cannot be judged: " + tool + " " + rendered.why,
                       remedy);
}

void move_to(std::vector<Finding>& all, std::vector<Finding>& some) {
  all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
}

}  // namespace

void tell_rendered(const Rendered& rendered, Summary& summary, std::vector<Finding>& findings) {
  const bool is_chart = rendered.kind == Kind::chart;
  if (rendered.outcome == Outcome::no_need) ++summary.not_judged["library chart"];
  if (rendered.outcome == Outcome::no_tool) {
    if (is_chart) ++summary.not_judged["unrendered chart"];
    findings.push_back(is_chart ? unrendered_chart(rendered) : unrendered_kustomization(rendered));
  }
  if (rendered.outcome == Outcome::failed) {
    ++summary.unreadable;
    findings.push_back(failed(rendered));
    findings.back().not_processed = true;
  }
}

void tell_by_hand(const Document& document, const Rendered& rendered, LintedDocument& linted) {
  const std::string why = std::string("what a ") + rendered.what() + " renders to is not written to its files";
  Document elsewhere;  // the same object, but without lines: those of the rendered text are nobody's
  elsewhere.root = document.root;
  for (JudgedWorkload& workload : linted.workloads)
    refuse_fix(workload, why, write_snippet(elsewhere, workload.edits));
}

std::vector<Finding> take_rendered(const Rendered& rendered, LintedDocument& linted, std::vector<Finding>& suppressed,
                                   std::vector<Finding>& about_debuggers) {
  std::vector<Finding> all = std::move(linted.findings);
  move_to(suppressed, linted.suppressed);
  for (JudgedWorkload& workload : linted.workloads) {
    move_to(all, workload.findings);
    move_to(suppressed, workload.suppressed);
    move_to(about_debuggers, workload.about_debuggers);
  }
  const std::string by_hand = rendered.kind == Kind::chart
                                  ? "in the template: what it renders to is not written back"
                                  : "or with --fix, which mends the files of a kustomization one by one";
  for (Finding& finding : all) {
    finding.unsafely_fixable = false;
    if (std::exchange(finding.fixable, false)) finding.not_fixable = by_hand;
  }
  return all;
}

}  // namespace dotdiag
