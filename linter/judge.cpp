#include "linter/judge.hpp"

#include "core/policy/evaluate.hpp"
#include "core/policy/rule.hpp"
#include "linter/cure.hpp"
#include "linter/joining.hpp"
#include "linter/place.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace dotdiag {
namespace {

/// The workload as a document of its own, so that judging one of a long list does not touch the others.
Workload by_itself(const Workload& workload) {
  Workload own = workload;
  own.pod_metadata = workload.pod_metadata.below(workload.object);
  own.pod_spec = workload.pod_spec.below(workload.object);
  own.object = {};
  return own;
}

/// The kinds that manifests/base/mutatingwebhookconfiguration.yaml sends to the webhook.
bool is_sent_to_webhook(const Workload& workload) {
  constexpr std::pair<std::string_view, std::string_view> kinds[] = {
      {"apps", "Deployment"}, {"apps", "StatefulSet"}, {"apps", "DaemonSet"},
      {"batch", "CronJob"},   {"batch", "Job"},        {"argoproj.io", "Rollout"},
  };
  return std::any_of(std::begin(kinds), std::end(kinds),
                     [&](const auto& kind) { return kind.first == workload.group && kind.second == workload.kind; });
}

/// True where one of `fired` is about the same thing.
bool has_fired(const std::vector<Fired>& fired, const Fired& another) {
  return std::any_of(fired.begin(), fired.end(), [&](const Fired& one) {
    return one.rule == another.rule && one.hazard.container == another.hazard.container;
  });
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
        policies_(opt_in.state == OptIn::State::in ? opt_in.policies : judged_by),
        counts_on_webhook_(opt_in.state == OptIn::State::in && settings.webhook),
        webhook_adds_it_(counts_on_webhook_ && is_sent_to_webhook(workload)),
        choices_(opt_in.choices) {
    choices_.applied_again = webhook_adds_it_;
    for (const Policy* policy : policies_)
      for (const Requirement& requirement : policy->requirements)
        if (!selection.has(requirement.id)) choices_.skip.push_back(requirement.id);
  }

  JudgedWorkload run() {
    if (!opt_in_.invalid.empty()) {
      add(at(opt_in_.at, Severity::error, "annotation-invalid", opt_in_.invalid));
      return std::move(judged_);
    }
    judged_.policies = policies_;
    evaluation_ = evaluate(policies_, cured_, own_, choices_);
    fired_ = what_fires();
    tell_requirements();
    for (const Fired& fired : fired_)
      tell(fired);
    if (counts_on_webhook_ && !webhook_adds_it_ && !evaluation_.unmet.empty()) tell_of_kind();
    judge_debuggers();
    if (!webhook_adds_it_) judged_.edits = below(all_edits());
    return std::move(judged_);
  }

 private:
  Subject subject(const PodView& pod, const Debugger* debugger = nullptr) const {
    return {pod, policies_, evaluation_, settings_.surroundings_of(workload_), debugger, &images_};
  }

  std::vector<Fired> what_fires() const {
    const PodView cured(cured_, own_);
    if (webhook_adds_it_) return check_rules(subject(cured));
    std::vector<Fired> fired = check_rules(subject(PodView(written_, own_)));
    if (evaluation_.unmet.empty()) return fired;
    for (Fired& later : check_rules(subject(cured)))
      if (!has_fired(fired, later)) fired.push_back(std::move(later));
    return fired;
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
        at(absolute(unmet.at), will_be_added ? Severity::note : Severity::error, unmet.requirement, unmet.message);
    finding.remedy = will_be_added ? "nothing: the webhook adds it when this is deployed" : unmet.remedy;
    if (const std::string joined = joined_instead_of(unmet); !joined.empty()) {
      finding.severity = Severity::note;
      finding.remedy = unmet.remedy + " where a debugger should outlive a restart of " + joined;
    }
    finding.container = unmet.container;
    finding.fixable = !webhook_adds_it_ && !unmet.is_conflict();
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

  /// A rule that stands in for a requirement which stays unmet is as bad as that, unless it says how bad it is.
  Severity severity_of(const Fired& fired) const {
    if (webhook_adds_it_ || !fired.hazard.rules_out || fired.hazard.severity) return fired.severity();
    for (const Policy* policy : policies_) {
      const Requirement* requirement = policy->find(fired.hazard.instead_of);
      if (requirement != nullptr && !requirement->is_optional) return Severity::error;
    }
    return fired.severity();
  }

  void tell(const Fired& fired) {
    Finding finding = named(severity_of(fired), fired.rule->id, fired.hazard);
    const Pointer pointer = absolute(fired.hazard.at);
    finding.span = span_of(document_, pointer);
    finding.pointer = pointer.text();
    finding.fixable = is_fixed_with(fired.hazard);
    finding.unsafely_fixable = !finding.fixable && !webhook_adds_it_ && !fired.hazard.fix.empty();
    add(std::move(finding));
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
  std::vector<Fired> fired_;
  JudgedWorkload judged_;
};

}  // namespace

JudgedWorkload judge(const Document& document, const Workload& workload, const OptIn& opt_in,
                     const std::vector<const Policy*>& judged_by, const LintSettings& settings,
                     const Selection& selection, const KnownImages& images) {
  return Judgement(document, workload, opt_in, judged_by, settings, selection, images).run();
}

}  // namespace dotdiag
