#include "linter/lint.hpp"

#include "core/document/workload.hpp"
#include "linter/judge.hpp"

namespace dotdiag {
bool is_kubernetes_object(const Json& root) {
  return !text_member(root, "apiVersion").empty() && !text_member(root, "kind").empty();
}

std::vector<const Policy*> LintSettings::policies_for(const Surroundings& surroundings) const {
  if (!judged_by.empty()) return judged_by;
  const Policy* restricted = policies->find(restricted_policy_name);
  if (restricted != nullptr && surroundings.refuses_ptrace()) return {restricted};
  const Policy* usual = policies->find(default_policy_name);
  return {usual != nullptr ? usual : &policies->all().front()};
}

LintedDocument lint_document(const Document& document, const LintSettings& settings, Summary& summary) {
  LintedDocument linted;
  for (const ReadNote& note : document.notes) {
    Finding finding;
    finding.span = Span{note.offset, note.offset + 1};
    finding.severity = Severity::warning;
    finding.rule = note.id;
    finding.message = note.message;
    linted.findings.push_back(std::move(finding));
  }
  ++(is_kubernetes_object(document.root) ? summary.objects : summary.other_documents);

  for (const Workload& workload : find_workloads(document.root)) {
    const PodView pod(document.root, workload);
    const Surroundings& surroundings = settings.surroundings_of(workload);
    const std::vector<const Policy*> judged_by = settings.policies_for(surroundings);
    const OptIn opt_in = read_opt_in(pod, *settings.policies, judged_by.front()->name, surroundings.inject_default);
    if (const std::string_view reason = reason_not_judged(pod, opt_in, settings.scope); !reason.empty()) {
      ++summary.not_judged[std::string(reason)];
      continue;
    }
    ++summary.judged;
    linted.workloads.push_back(judge(document, workload, opt_in, judged_by, settings));
  }
  return linted;
}

}  // namespace dotdiag
