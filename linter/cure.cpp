#include "linter/cure.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace dotdiag {
namespace {

bool is_ruled_out(const Unmet& unmet, const std::vector<Fired>& fired) {
  return std::any_of(fired.begin(), fired.end(), [&](const Fired& one) {
    return one.hazard.rules_out && one.hazard.instead_of == unmet.requirement &&
           (unmet.container.empty() || one.hazard.container == unmet.container);
  });
}

class Cure {
 public:
  Cure(const Json& written, const Workload& workload, const std::vector<const Policy*>& policies,
       const Choices& choices, const Surroundings& surroundings, bool unsafe, const Selection& selection,
       const std::vector<Fired>& fired, const KnownImages& images)
      : copy_(written),
        workload_(workload),
        policies_(policies),
        choices_(choices),
        surroundings_(surroundings),
        unsafe_(unsafe),
        selection_(selection),
        fired_(fired),
        images_(images) {}

  /// Rules go first: what they rename or correct the policies need not add again.
  Edits run() {
    for (;;) {
      Json next = copy_;
      const Evaluation evaluation = evaluate(policies_, next, workload_, choices_);
      if (obey_a_rule(evaluation)) continue;
      const Edits edits = harmless_edits(evaluation, fired_);
      if (edits.empty()) return std::move(edits_);
      make(edits);
    }
  }

 private:
  /// Makes the fixes of one rule; false where none is left to make. What removes an item moves those behind it, so
  /// everything is looked at again after that.
  bool obey_a_rule(const Evaluation& evaluation) {
    const Rule* obeyed = nullptr;
    const PodView pod(copy_, workload_);
    const std::vector<Fired> all = check_rules({pod, policies_, evaluation, surroundings_, nullptr, &images_});
    for (const auto& [rule, hazard] : all) {
      if (!is_made(hazard, unsafe_) || !selection_.has(rule->id) || (obeyed != nullptr && obeyed != rule)) continue;
      if (!obeyed_.emplace(rule, hazard.container + hazard.at.text()).second) continue;
      obeyed = rule;
      make(hazard.fix);
      if (hazard.fix.back().operation == Operation::remove) break;
    }
    return obeyed != nullptr;
  }

  void make(const Edits& edits) {
    for (const Edit& edit : edits)
      dotdiag::apply(copy_, edit);
    edits_.insert(edits_.end(), edits.begin(), edits.end());
  }

  Json copy_;
  const Workload& workload_;
  const std::vector<const Policy*>& policies_;
  const Choices& choices_;
  const Surroundings& surroundings_;
  const bool unsafe_;
  const Selection& selection_;
  const std::vector<Fired>& fired_;
  const KnownImages& images_;
  std::set<std::pair<const Rule*, std::string>> obeyed_;
  Edits edits_;
};

}  // namespace

Edits harmless_edits(const Evaluation& evaluation, const std::vector<Fired>& fired) {
  Edits edits;
  if (!evaluation.invalid.empty()) return edits;
  for (const Unmet& unmet : evaluation.unmet) {
    if (!is_ruled_out(unmet, fired)) edits.insert(edits.end(), unmet.edits.begin(), unmet.edits.end());
  }
  return edits;
}

bool is_made(const Hazard& hazard, bool unsafe) {
  return !hazard.fix.empty() && (unsafe || is_safe(hazard.fix));
}

Edits cure(const Json& written, const Workload& workload, const std::vector<const Policy*>& policies,
           const Choices& choices, const Surroundings& surroundings, bool unsafe, const Selection& selection,
           const std::vector<Fired>& fired, const KnownImages& images) {
  return Cure(written, workload, policies, choices, surroundings, unsafe, selection, fired, images).run();
}

}  // namespace dotdiag
