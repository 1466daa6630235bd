#include "linter/lint.hpp"

#include "core/document/own_document.hpp"
#include "core/document/workload.hpp"
#include "core/policy/prepared.hpp"
#include "core/policy/rule.hpp"
#include "linter/catalogue.hpp"
#include "linter/identity.hpp"
#include "linter/judge.hpp"
#include "linter/known.hpp"
#include "linter/other_objects.hpp"
#include "linter/partial.hpp"
#include "linter/suppression/suppressions.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// What is known of the containers decides which is judged, unless the workload says it. The webhook, which reads no
/// sources, chooses for itself.
void choose_known_targets(const PodView& pod, const std::vector<Identity>& identities, OptIn& opt_in) {
  const bool says_it = !pod.annotation("kubectl.kubernetes.io/default-container").empty();
  if (opt_in.state != OptIn::State::in && opt_in.choices.containers.empty() && !says_it)
    opt_in.choices.containers = known_targets(pod, identities);
}

/// True where `findings` has one like `another` that --fix mends.
bool is_still_fixed(const std::vector<Finding>& findings, const Finding& another) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& one) {
    return one.fixable && one.rule == another.rule && one.pointer == another.pointer &&
           one.container == another.container;
  });
}

/// Leaves out of `judged` the fixes of what was suppressed in it. They are made for what the fixes before them lead to,
/// so the workload is judged again without those rules. (Where a rule is suppressed in one container only, the others
/// are left to a person too.)
template <typename Judge>
void leave_suppressed_alone(JudgedWorkload& judged, const Selection& selection, const Judge& judge_with) {
  std::vector<std::string> rules;
  for (const Finding& finding : judged.suppressed)
    if (finding.fixable) rules.push_back(finding.rule);
  if (rules.empty()) return;
  JudgedWorkload less = judge_with(selection.without(rules));
  judged.edits = std::move(less.edits);
  for (Finding& finding : judged.findings)
    finding.fixable = finding.fixable && is_still_fixed(less.findings, finding);
}

/// What a workload is held against that did not opt in, where nobody says it.
Preparation preparation_of(const Document& document, const Workload& workload, const OptIn& opt_in,
                           const LintSettings& settings, const std::vector<const Policy*>& judged_by) {
  if (!settings.judged_by.empty()) return {Preparation::Evidence::none, judged_by};
  const Json& object = *value_at(document.root, workload.object);
  return find_preparation(object, by_itself(workload), opt_in.choices, *judged_by.front(), *settings.policies);
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

/// The way of one document through the linter.
class DocumentLint {
 public:
  DocumentLint(const Document& document, const LintSettings& settings, Summary& summary)
      : document_(document), settings_(settings), summary_(summary), suppressions_(document, settings.ignores) {}

  LintedDocument run() {
    tell_notes();
    ++(is_kubernetes_object(document_.root) ? summary_.objects : summary_.other_documents);
    Objects objects = find_objects(document_.root);
    for (const Json* object : objects.others)
      count_other(*object);
    for (Workload& workload : objects.workloads) {
      workload.config_maps = &settings_.context.config_maps();
      look_at(std::move(workload));
    }
    if (suppressions_.has_directives()) complain();
    set_severities(linted_.findings);
    return std::move(linted_);
  }

 private:
  void tell_notes() {
    for (const ReadNote& note : document_.notes) {
      if (!settings_.selection.has(note.id)) continue;
      Finding finding;
      finding.span = Span{note.offset, note.offset + 1};
      finding.severity = Severity::warning;
      finding.rule = note.id;
      finding.message = note.message;
      linted_.findings.push_back(std::move(finding));
    }
    suppressions_.take(linted_.findings, linted_.suppressed);
  }

  void count_other(const Json& object) {
    const std::string_view reason = reason_not_known(object);
    if (!reason.empty()) ++summary_.not_judged[std::string(reason)];
  }

  void look_at(Workload workload) {
    const PodView pod(document_.root, workload);
    const Surroundings& surroundings = settings_.surroundings_of(workload);
    const std::vector<const Policy*> judged_by = settings_.policies_for(workload);
    OptIn opt_in = read_annotations(pod, *settings_.policies, judged_by.front()->name, surroundings.inject_default);
    const std::vector<Identity> identities = identify(pod, *settings_.sources, document_.source->name());
    if (const std::string_view reason = reason_not_judged(pod, identities, opt_in, settings_.scope); !reason.empty()) {
      ++summary_.not_judged[std::string(reason)];
      some_not_judged_ = true;
      if (is_about_dotnet(reason)) tell(foreign_containers(document_, pod, identities));
      if (reason == partial || reason == without_containers) look_at_part(workload, judged_by, surroundings);
      return;
    }
    ++summary_.judged;
    choose_known_targets(pod, identities, opt_in);
    const KnownImages images = known_images(pod, identities);
    const Preparation preparation = opt_in.state == OptIn::State::in
                                        ? Preparation{Preparation::Evidence::none, opt_in.policies}
                                        : preparation_of(document_, workload, opt_in, settings_, judged_by);
    const auto judge_with = [&](const Selection& selection) {
      return judge(document_, workload, opt_in, preparation.policies, settings_, selection, images);
    };
    tell(known_containers(document_, pod, identities));
    JudgedWorkload judged = judge_with(settings_.selection);
    describe(document_, workload, preparation, *judged.report);
    suppressions_.begin_workload(workload);
    suppressions_.take(judged.findings, judged.suppressed);
    leave_suppressed_alone(judged, settings_.selection, judge_with);
    set_severities(judged.findings);
    judged.workload = std::move(workload);
    linted_.workloads.push_back(std::move(judged));
  }

  /// Adds what is known of containers; what was chosen not to be told is not.
  void tell(std::vector<Finding> notes) {
    for (Finding& note : notes)
      if (settings_.selection.has(note.rule)) linted_.findings.push_back(std::move(note));
  }

  /// What it lacks may be elsewhere, so it is not judged; but what it has may be wrong.
  void look_at_part(const Workload& workload, const std::vector<const Policy*>& policies,
                    const Surroundings& surroundings) {
    JudgedWorkload judged;
    judged.workload = workload;
    for (Finding& finding : judge_part(document_, workload, policies, surroundings))
      if (settings_.selection.has(finding.rule)) judged.findings.push_back(std::move(finding));
    if (judged.findings.empty()) return;
    suppressions_.begin_workload(workload);
    suppressions_.take(judged.findings, judged.suppressed);
    set_severities(judged.findings);
    linted_.workloads.push_back(std::move(judged));
  }

  /// Of a workload that was not judged nobody knows what its comments would have suppressed.
  void complain() {
    for (Finding& complaint : suppressions_.complaints(settings_.selection, catalogue(*settings_.policies))) {
      if (some_not_judged_ && complaint.rule == "suppression-unused") continue;
      if (settings_.selection.has(complaint.rule)) linted_.findings.push_back(std::move(complaint));
    }
  }

  /// What the webhook will add stays a note, whatever it would be otherwise.
  void set_severities(std::vector<Finding>& findings) const {
    for (Finding& finding : findings) {
      const auto severity = settings_.severities.find(finding.rule);
      if (severity == settings_.severities.end()) continue;
      const Rule* rule = find_rule(finding.rule);
      const bool is_note_by_nature = rule != nullptr && rule->severity == Severity::note;
      if (finding.severity != Severity::note || is_note_by_nature) finding.severity = severity->second;
    }
  }

  const Document& document_;
  const LintSettings& settings_;
  Summary& summary_;
  Suppressions suppressions_;
  LintedDocument linted_;
  bool some_not_judged_ = false;
};

}  // namespace

bool is_kubernetes_object(const Json& root) {
  return !text_member(root, "apiVersion").empty() && !text_member(root, "kind").empty();
}

std::vector<const Policy*> LintSettings::policies_for(const Workload& workload) const {
  if (!judged_by.empty()) return judged_by;
  const Policy* restricted = policies->find(restricted_policy_name);
  const bool refuses_ptrace = workload.is_knative() || surroundings_of(workload).refuses_ptrace();
  if (restricted != nullptr && refuses_ptrace) return {restricted};
  const Policy* usual = policies->find(default_policy_name);
  return {usual != nullptr ? usual : &policies->all().front()};
}

LintedDocument lint_document(const Document& document, const LintSettings& settings, Summary& summary) {
  return DocumentLint(document, settings, summary).run();
}

}  // namespace dotdiag
