#include "linter/partial.hpp"

#include "core/policy/evaluate.hpp"
#include "core/policy/rule.hpp"
#include "linter/place.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace dotdiag {
namespace {

/// The rules that need to see nothing but the value that they point at.
constexpr std::string_view about_what_is_there[] = {
    "diagnostic-port-bad-syntax",
    "diagnostics-disabled",
    "diagnostics-ipc-disabled",
    "ec-in-template",
    "env-enable-diagnostics-not-numeric",
    "env-misspelled-diagnostics",
    "env-value-not-string",
    "env-wrong-case",
    "field-wrong-type",
    "ptrace-cap-cap-prefix",
    "share-pid-conflict",
};

bool is_about_what_is_there(std::string_view rule) {
  return std::find(std::begin(about_what_is_there), std::end(about_what_is_there), rule) !=
         std::end(about_what_is_there);
}

/// The part as something that can be evaluated: a pod without containers cannot.
Json with_a_container(const Document& document, const Workload& workload) {
  Json root = document.root;
  Json* spec = value_at(root, workload.pod_spec);
  if (spec != nullptr && spec->is_object() && items_member(*spec, "containers").empty())
    put_member(*spec, "containers", Json::array({object_of({{"name", "container"}, {"image", "image"}})}));
  return root;
}

class PartJudge {
 public:
  PartJudge(const Document& document, const Workload& workload) : document_(document), workload_(workload) {}

  std::vector<Finding> run(const std::vector<const Policy*>& policies, const Surroundings& surroundings) {
    Json whole = with_a_container(document_, workload_);
    Json cured = whole;
    const Evaluation evaluation = evaluate(policies, cured, workload_, {});
    const PodView pod(whole, workload_);
    const std::vector<Fired> fired = check_rules({pod, policies, evaluation, surroundings});
    for (const Fired& one : fired)
      if (is_about_what_is_there(one.rule->id))
        add(one.severity(), one.rule->id, one.hazard.at, one.hazard.container, one.hazard.message, one.hazard.remedy);
    for (const Unmet& unmet : evaluation.unmet)
      if (unmet.is_conflict() && !is_said(fired, unmet))
        add(Severity::error, unmet.requirement, unmet.at, unmet.container, unmet.message, unmet.remedy);
    return std::move(findings_);
  }

 private:
  static bool is_said(const std::vector<Fired>& fired, const Unmet& unmet) {
    return std::any_of(fired.begin(), fired.end(), [&](const Fired& one) {
      return one.hazard.instead_of == unmet.requirement && one.hazard.container == unmet.container;
    });
  }

  /// Unless it is about the container that was made up.
  void add(Severity severity, std::string_view rule, const Pointer& at, const std::string& container,
           const std::string& message, const std::string& remedy) {
    if (!locate(document_, at).exact) return;
    Finding finding;
    finding.span = span_of(document_, at);
    finding.pointer = at.text();
    finding.severity = severity;
    finding.rule = rule;
    finding.message = message;
    finding.remedy = remedy;
    finding.kind = workload_.kind;
    finding.name_space = workload_.name_space;
    finding.name = workload_.name;
    finding.container = container;
    findings_.push_back(std::move(finding));
  }

  const Document& document_;
  const Workload& workload_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> judge_part(const Document& document, const Workload& workload,
                                const std::vector<const Policy*>& policies, const Surroundings& surroundings) {
  return PartJudge(document, workload).run(policies, surroundings);
}

}  // namespace dotdiag
