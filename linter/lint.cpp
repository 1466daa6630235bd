#include "linter/lint.hpp"

#include "core/document/own_document.hpp"
#include "core/document/workload.hpp"
#include "core/policy/prepared.hpp"
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

namespace {

/// What a workload is held against that did not opt in.
Preparation preparation_of(const Document& document, const Workload& workload, const LintSettings& settings,
                           const std::vector<const Policy*>& judged_by) {
  if (!settings.judged_by.empty()) return {Preparation::Evidence::none, judged_by};
  const Json& object = *value_at(document.root, workload.object);
  return find_preparation(object, by_itself(workload), *judged_by.front(), *settings.policies);
}

void describe(const Document& document, const Workload& workload, const Preparation& preparation,
              WorkloadReport& report) {
  report.kind = workload.kind;
  report.name_space = workload.name_space;
  report.name = workload.name;
  report.line = document.source->position(offset_of(document, workload.object)).line;
  for (const Policy* policy : preparation.policies)
    report.policies.push_back(policy->name);
  report.evidence = evidence_text(preparation.evidence);
}

}  // namespace

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
    const Preparation preparation = opt_in.state == OptIn::State::in
                                        ? Preparation{Preparation::Evidence::none, opt_in.policies}
                                        : preparation_of(document, workload, settings, judged_by);
    linted.workloads.push_back(judge(document, workload, opt_in, preparation.policies, settings));
    describe(document, workload, preparation, linted.workloads.back().report);
  }
  return linted;
}

}  // namespace dotdiag
