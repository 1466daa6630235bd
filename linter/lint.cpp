#include "linter/lint.hpp"

#include "core/document/workload.hpp"
#include "core/policy/evaluate.hpp"
#include "linter/place.hpp"

namespace dotdiag {
namespace {

/// The findings of one workload, each named after it.
class WorkloadFindings {
 public:
  WorkloadFindings(const Document& document, const Workload& workload) : document_(document), workload_(workload) {}

  Finding at(const Pointer& pointer, Severity severity, std::string rule, std::string message) const {
    Finding finding;
    finding.span = span_of(document_, pointer);
    finding.severity = severity;
    finding.rule = std::move(rule);
    finding.message = std::move(message);
    finding.kind = workload_.kind;
    finding.name_space = workload_.name_space;
    finding.name = workload_.name;
    finding.pointer = pointer.text();
    return finding;
  }

 private:
  const Document& document_;
  const Workload& workload_;
};

Finding unmet_finding(const WorkloadFindings& findings, const Unmet& unmet, bool webhook_adds_it) {
  const bool will_be_added = webhook_adds_it && !unmet.is_conflict();
  Finding finding =
      findings.at(unmet.at, will_be_added ? Severity::note : Severity::error, unmet.requirement, unmet.message);
  finding.remedy = will_be_added ? "nothing: the webhook adds it when this is deployed" : unmet.remedy;
  finding.container = unmet.container;
  finding.fixable = !webhook_adds_it && !unmet.is_conflict();
  return finding;
}

Finding warning_finding(const WorkloadFindings& findings, const Warning& warning) {
  Finding finding = findings.at(warning.at, Severity::warning, warning.requirement, warning.message);
  finding.remedy = warning.remedy;
  finding.container = warning.container;
  return finding;
}

JudgedWorkload judge(Document& document, const Workload& workload, const OptIn& opt_in, const LintSettings& settings) {
  const WorkloadFindings findings(document, workload);
  if (!opt_in.invalid.empty())
    return {{findings.at(opt_in.at, Severity::error, "annotation-invalid", opt_in.invalid)}, {}};

  const bool is_in = opt_in.state == OptIn::State::in;
  const Evaluation evaluation =
      evaluate(is_in ? opt_in.policies : settings.judged_by, document.root, workload, opt_in.choices);
  if (!evaluation.invalid.empty())
    return {{findings.at(evaluation.invalid_at, Severity::error, "malformed-pod", evaluation.invalid)}, {}};

  JudgedWorkload judged;
  const bool webhook_adds_it = is_in && settings.webhook;
  for (const Unmet& unmet : evaluation.unmet)
    judged.findings.push_back(unmet_finding(findings, unmet, webhook_adds_it));
  for (const Warning& warning : evaluation.warnings)
    judged.findings.push_back(warning_finding(findings, warning));
  if (!webhook_adds_it) judged.edits = evaluation.edits();
  return judged;
}

}  // namespace

bool is_kubernetes_object(const Json& root) {
  return !text_member(root, "apiVersion").empty() && !text_member(root, "kind").empty();
}

LintedDocument lint_document(Document& document, const LintSettings& settings, Summary& summary) {
  LintedDocument linted;
  for (ReadNote& note : document.notes) {
    Finding finding;
    finding.span = Span{note.offset, note.offset + 1};
    finding.severity = Severity::warning;
    finding.rule = std::move(note.id);
    finding.message = std::move(note.message);
    linted.findings.push_back(std::move(finding));
  }
  ++(is_kubernetes_object(document.root) ? summary.objects : summary.other_documents);

  // Each workload is evaluated on the document's own root: they do not overlap, so none sees what another was given.
  for (const Workload& workload : find_workloads(document.root)) {
    const PodView pod(document.root, workload);
    const OptIn opt_in = read_opt_in(pod, *settings.policies, settings.judged_by.front()->name);
    if (const std::string_view reason = reason_not_judged(pod, opt_in, settings.scope); !reason.empty()) {
      ++summary.not_judged[std::string(reason)];
      continue;
    }
    ++summary.judged;
    linted.workloads.push_back(judge(document, workload, opt_in, settings));
  }
  return linted;
}

}  // namespace dotdiag
