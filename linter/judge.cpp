#include "linter/judge.hpp"

#include "core/document/own_document.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/kinds.hpp"
#include "core/policy/rule.hpp"
#include "core/policy/unmet_severity.hpp"
#include "core/policy/words.hpp"
#include "linter/cure.hpp"
#include "linter/hazards.hpp"
#include "linter/joining.hpp"
#include "linter/place.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace dotdiag {
namespace {

/// The kinds that manifests/base/mutatingwebhookconfiguration.yaml sends to the webhook.
bool is_sent_to_webhook(const Workload& workload) {
  constexpr std::pair<std::string_view, std::string_view> kinds[] = {
      {"apps", "Deployment"}, {"apps", "StatefulSet"}, {"apps", "DaemonSet"},
      {"batch", "CronJob"},   {"batch", "Job"},        {"argoproj.io", "Rollout"},
  };
  return std::any_of(std::begin(kinds), std::end(kinds),
                     [&](const auto& kind) { return kind.first == workload.group && kind.second == workload.kind; });
}

/// `dotnet-dump`, `dotnet-dump and dotnet-monitor`.
std::string names_of(const std::vector<const Policy*>& policies) {
  std::vector<std::string> names;
  for (const Policy* policy : policies)
    names.push_back(policy->name);
  return joined(names, " and ");
}

class Judgement {
 public:
  Judgement(const Document& document, const Workload& workload, const OptIn& opt_in,
            const std::vector<const Policy*>& judged_by, const LintSettings& settings, const Selection& selection,
            const KnownImages& images)
      : document_(document),
        workload_(workload),
        opt_in_(opt_in),
        settings_(settings),
        selection_(selection),
        images_(images),
        own_(by_itself(workload)),
        written_(*value_at(document.root, workload.object)),
        cured_(written_),
        policies_(judged_by),
        counts_on_webhook_(opt_in.state == OptIn::State::in && settings.webhook),
        webhook_adds_it_(counts_on_webhook_ && is_sent_to_webhook(workload)),
        choices_(opt_in.choices) {
    choices_.applied_again = webhook_adds_it_;
    for (const Policy* policy : policies_)
      for (const Requirement& requirement : policy->requirements)
        if (!selection.has(requirement.id)) choices_.skip.push_back(requirement.id);
  }

  JudgedWorkload run() {
    judged_.report.emplace();
    judged_.report->is_added = webhook_adds_it_;
    if (!opt_in_.invalid.empty()) {
      add(at(opt_in_.at, Severity::error, "annotation-invalid", opt_in_.invalid));
      return std::move(judged_);
    }
    judged_.policies = policies_;
    evaluation_ = evaluate(policies_, cured_, own_, choices_);
    hazards_ = find_hazards({written_, cured_, own_, policies_, evaluation_, settings_.surroundings_of(workload_),
                             images_, webhook_adds_it_});
    fired_ = hazards_.all();
    tell_requirements();
    tell_hazards();
    if (counts_on_webhook_ && !webhook_adds_it_ && !evaluation_.unmet.empty()) tell_of_kind();
    judge_debuggers();
    if (settings_.ways != LintSettings::Ways::nobody) find_ways();
    if (!webhook_adds_it_) judged_.edits = below(all_edits());
    return std::move(judged_);
  }

 private:
  Subject subject(const PodView& pod, const Debugger* debugger = nullptr) const {
    return {pod, policies_, evaluation_, settings_.surroundings_of(workload_), debugger, &images_};
  }

  Edits all_edits() const {
    const bool rules_mend = std::any_of(fired_.begin(), fired_.end(), [&](const Fired& fired) {
      return is_made(fired.hazard, settings_.unsafe_fixes) && selection_.has(fired.rule->id);
    });
    if (!rules_mend) return harmless_edits(evaluation_, fired_);
    return cure(written_, own_, policies_, choices_, settings_.surroundings_of(workload_), settings_.unsafe_fixes,
                selection_, fired_, images_);
  }

  void judge_debuggers() {
    const PodView pod(webhook_adds_it_ ? cured_ : written_, own_);
    for (const DebuggerFile& file : settings_.debuggers) {
      for (const Debugger& debugger : file.debuggers()) {
        for (const Fired& fired : check_rules(subject(pod, &debugger))) {
          if (!selection_.has(fired.rule->id)) continue;
          Finding finding = named(fired.severity(), fired.rule->id, fired.hazard);
          finding.file = file.name();
          finding.span = span_of(file.document(), fired.hazard.at);
          finding.pointer = fired.hazard.at.text();
          finding.fixable = false;
          judged_.about_debuggers.push_back(std::move(finding));
        }
      }
    }
  }

  /// The ways to each target as it will be deployed, and of those that are not prepared a word in their diagnosis.
  void find_ways() {
    const PodView pod(webhook_adds_it_ ? cured_ : written_, own_);
    for (const Pointer& path : evaluation_.targets) {
      const ContainerView target{path, value_at(pod.document(), path)};
      const auto diagnosis = known_diagnosis(target.name());
      const bool is_unprepared = diagnosis != nullptr && has_error(*diagnosis);
      if (!is_unprepared && settings_.ways != LintSettings::Ways::all) continue;
      WorkloadReport::Target report{std::string(target.name()), missing_in(target.name()), {}};
      report.ways = ways_to(target, pod, debuggers_policy(), settings_.surroundings_of(workload_), images_);
      if (is_unprepared) diagnosis->ways = ways_in_short(report.ways);
      judged_.report->targets.push_back(std::move(report));
    }
  }

  const Policy& debuggers_policy() const {
    return policies_.empty() ? *settings_.policies_for(workload_).front() : *policies_.front();
  }

  std::vector<std::string> missing_in(std::string_view container) const {
    std::vector<std::string> ids;
    for (const Unmet& unmet : evaluation_.unmet)
      if (unmet.container.empty() || unmet.container == container) ids.push_back(unmet.requirement);
    return ids;
  }

  bool has_error(const Diagnosis& diagnosis) const {
    return std::any_of(judged_.findings.begin(), judged_.findings.end(), [&](const Finding& finding) {
      return finding.diagnosis.get() == &diagnosis && finding.severity == Severity::error;
    });
  }

  void tell_requirements() {
    if (!evaluation_.invalid.empty() && !is_said_by_rule("malformed-pod", "")) {
      add(at(absolute(evaluation_.invalid_at), Severity::error, "malformed-pod", evaluation_.invalid));
    }
    for (const Unmet& unmet : evaluation_.unmet)
      if (!is_said_by_rule(unmet.requirement, unmet.container)) tell(unmet);
    for (const Warning& warning : evaluation_.warnings) {
      if (is_said_by_rule(warning.requirement, warning.container)) continue;
      Finding finding = at(absolute(warning.at), severity_of(warning), warning.requirement, warning.message);
      finding.remedy = warning.remedy;
      finding.container = warning.container;
      add(std::move(finding));
    }
  }

  /// What explains how something unmet is cured need not be said as loudly as that.
  Severity severity_of(const Warning& warning) const {
    const auto& unmet = evaluation_.unmet;
    const bool explains = std::any_of(unmet.begin(), unmet.end(), [&](const Unmet& one) {
      return !one.is_conflict() && one.requirement == warning.requirement && one.container == warning.container;
    });
    return explains ? Severity::note : Severity::warning;
  }

  bool is_said_by_rule(std::string_view requirement, std::string_view container) const {
    return std::any_of(fired_.begin(), fired_.end(), [&](const Fired& fired) {
      return fired.hazard.instead_of == requirement &&
             (container.empty() || fired.hazard.container.empty() || fired.hazard.container == container);
    });
  }

  void tell_of_kind() {
    Finding finding = at(opt_in_.at, Severity::warning, "kind-not-sent",
                         "the webhook is not sent " + workload_.kind + "s, so it adds nothing here");
    finding.remedy = "run --fix, or extend the rules of the MutatingWebhookConfiguration";
    add(std::move(finding));
  }

  void tell(const Unmet& unmet) {
    const bool will_be_added = webhook_adds_it_ && !unmet.is_conflict();
    Finding finding =
        at(absolute(unmet.at), will_be_added ? Severity::note : severity_of(unmet), unmet.requirement, unmet.message);
    finding.remedy = will_be_added ? "nothing: the webhook adds it when this is deployed" : unmet.remedy;
    if (const std::string joined = joined_instead_of(unmet); !joined.empty()) {
      finding.severity = Severity::note;
      finding.remedy = unmet.remedy + " where a debugger should outlive a restart of " + joined;
    }
    finding.container = unmet.container;
    finding.fixable = !webhook_adds_it_ && !unmet.is_conflict();
    finding.policy = unmet.policy;
    finding.diagnosis = diagnosis_of(unmet.container);
    add(std::move(finding));
  }

  /// The containers whose processes the debuggers of this run join one by one, where what is unmet is that the pod
  /// shares its processes: nothing fails without that.
  std::string joined_instead_of(const Unmet& unmet) const {
    const bool is_about_processes = std::any_of(policies_.begin(), policies_.end(), [&](const Policy* policy) {
      const Requirement* requirement = policy->name == unmet.policy ? policy->find(unmet.requirement) : nullptr;
      return requirement != nullptr && requirement->kind == "process-namespace";
    });
    return is_about_processes ? joined_containers(settings_.debuggers, PodView(written_, own_)) : std::string();
  }

  void tell_hazards() {
    for (const Fired& fired : hazards_.now)
      if (!is_idle(fired, written_)) tell(fired);
    for (const Fired& fired : hazards_.after_fix) {
      if (!fired.hazard.instead_of.empty()) {
        tell(fired);
      } else if (fired.severity() > Severity::note && !is_made(fired.hazard, settings_.unsafe_fixes)) {
        tell(foreseen(fired));
      }
    }
  }

  Severity severity_of(const Unmet& unmet) const {
    for (const Policy* policy : policies_)
      if (policy->name == unmet.policy) return dotdiag::severity_of(unmet, *policy, evaluation_);
    return Severity::error;
  }

  /// A rule that stands in for a requirement which stays unmet is as bad as that, unless it says how bad it is.
  Severity severity_of(const Fired& fired) const {
    if (webhook_adds_it_ || !fired.hazard.rules_out || fired.hazard.severity) return fired.severity();
    for (const Policy* policy : policies_)
      if (const Requirement* requirement = policy->find(fired.hazard.instead_of)) return requirement->severity;
    return fired.severity();
  }

  void tell(const Fired& fired) {
    Finding finding = named(severity_of(fired), fired.rule->id, fired.hazard);
    const Pointer pointer = absolute(fired.hazard.at);
    finding.span = span_of(document_, pointer);
    finding.pointer = pointer.text();
    finding.fixable = is_fixed_with(fired.hazard);
    finding.unsafely_fixable = !finding.fixable && !webhook_adds_it_ && !fired.hazard.fix.empty();
    finding.policy = policy_asking_for(fired.hazard.instead_of);
    if (!finding.policy.empty()) {
      finding.requirement = fired.hazard.instead_of;
      finding.diagnosis = diagnosis_of(fired.hazard.container);
    }
    add(std::move(finding));
  }

  std::string policy_asking_for(const std::string& requirement) const {
    const auto unmet = std::find_if(evaluation_.unmet.begin(), evaluation_.unmet.end(),
                                    [&](const Unmet& one) { return one.requirement == requirement; });
    return unmet == evaluation_.unmet.end() ? "" : unmet->policy;
  }

  std::shared_ptr<Diagnosis> known_diagnosis(std::string_view container) const {
    const auto& all = judged_.diagnoses;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one->container == container; });
    return found == all.end() ? nullptr : *found;
  }

  /// What concerns the pod as a whole goes with the first target.
  std::shared_ptr<Diagnosis> diagnosis_of(const std::string& container) {
    const Pointer& first = evaluation_.targets.front();
    const std::string first_name(text_member(*value_at(written_, first), "name"));
    const std::string& name = container.empty() ? first_name : container;
    if (const auto known = known_diagnosis(name)) return known;
    const auto target = std::find_if(evaluation_.targets.begin(), evaluation_.targets.end(), [&](const Pointer& one) {
      return text_member(*value_at(written_, one), "name") == name;
    });
    if (target == evaluation_.targets.end()) return nullptr;
    auto diagnosis = std::make_shared<Diagnosis>();
    diagnosis->container = name;
    diagnosis->policy = names_of(policies_);
    diagnosis->asked = asked_of(target == evaluation_.targets.begin());
    diagnosis->is_added = webhook_adds_it_;
    diagnosis->place.span = span_of(document_, absolute(*target));
    diagnosis->place.pointer = absolute(*target).text();
    judged_.diagnoses.push_back(diagnosis);
    return diagnosis;
  }

  /// How many prerequisites a target has; what concerns the pod counts for the first.
  std::size_t asked_of(bool is_first) const {
    std::set<std::string_view> asked;
    for (const Policy* policy : policies_) {
      for (const Requirement& requirement : policy->requirements) {
        if (!choices_.skips(requirement.id) && (is_first || find_kind(requirement.kind)->per_container))
          asked.insert(requirement.id);
      }
    }
    return asked.size();
  }

  bool is_fixed_with(const Hazard& hazard) const {
    if (webhook_adds_it_) return false;
    if (is_made(hazard, settings_.unsafe_fixes)) return true;
    if (hazard.rules_out) return false;
    return std::any_of(evaluation_.unmet.begin(), evaluation_.unmet.end(), [&](const Unmet& unmet) {
      return unmet.requirement == hazard.instead_of && !unmet.is_conflict() &&
             (unmet.container.empty() || unmet.container == hazard.container);
    });
  }

  Finding named(Severity severity, std::string_view rule, const Hazard& hazard) const {
    Finding finding = of_workload(severity, std::string(rule), hazard.message);
    finding.remedy = hazard.remedy;
    finding.container = hazard.container;
    return finding;
  }

  Finding at(const Pointer& pointer, Severity severity, std::string rule, std::string message) const {
    Finding finding = of_workload(severity, std::move(rule), std::move(message));
    finding.span = span_of(document_, pointer);
    finding.pointer = pointer.text();
    return finding;
  }

  Finding of_workload(Severity severity, std::string rule, std::string message) const {
    Finding finding;
    finding.severity = severity;
    finding.rule = std::move(rule);
    finding.message = std::move(message);
    finding.kind = workload_.kind;
    finding.name_space = workload_.name_space;
    finding.name = workload_.name;
    return finding;
  }

  Pointer absolute(const Pointer& pointer) const { return workload_.object / pointer; }

  Edits below(Edits edits) const {
    if (workload_.object.empty()) return edits;
    for (Edit& edit : edits)
      edit.path = absolute(edit.path);
    return edits;
  }

  void add(Finding finding) {
    if (selection_.has(finding.rule)) judged_.findings.push_back(std::move(finding));
  }

  const Document& document_;
  const Workload& workload_;
  const OptIn& opt_in_;
  const LintSettings& settings_;
  const Selection& selection_;
  const KnownImages& images_;
  const Workload own_;
  const Json& written_;
  Json cured_;
  const std::vector<const Policy*>& policies_;
  const bool counts_on_webhook_;
  const bool webhook_adds_it_;
  Choices choices_;
  Evaluation evaluation_;
  Hazards hazards_;
  std::vector<Fired> fired_;  // all of them
  JudgedWorkload judged_;
};

}  // namespace

JudgedWorkload judge(const Document& document, const Workload& workload, const OptIn& opt_in,
                     const std::vector<const Policy*>& judged_by, const LintSettings& settings,
                     const Selection& selection, const KnownImages& images) {
  return Judgement(document, workload, opt_in, judged_by, settings, selection, images).run();
}

}  // namespace dotdiag
