#include "linter/hazards.hpp"

#include "linter/cure.hpp"

#include <algorithm>
#include <utility>

namespace dotdiag {
namespace {

/// True where one of `fired` is about the same thing.
bool has_fired(const std::vector<Fired>& fired, const Fired& another) {
  return std::any_of(fired.begin(), fired.end(), [&](const Fired& one) {
    return one.rule == another.rule && one.hazard.container == another.hazard.container;
  });
}

std::vector<Fired> check(const Evaluated& evaluated, const Json& document) {
  const PodView pod(document, evaluated.workload);
  return check_rules(
      {pod, evaluated.policies, evaluated.evaluation, evaluated.surroundings, nullptr, &evaluated.images});
}

std::vector<Fired> joined(std::vector<Fired> first, const std::vector<Fired>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

bool rules_out(const Fired& fired) {
  return fired.hazard.rules_out;
}

/// What --fix leads to: with all that is missing, less what a hazard rules out.
Json fixed(const Evaluated& evaluated, const std::vector<Fired>& fired) {
  Json document = evaluated.written;
  for (const Edit& edit : harmless_edits(evaluated.evaluation, fired))
    apply(document, edit);
  return document;
}

}  // namespace

std::vector<Fired> Hazards::all() const {
  return joined(now, after_fix);
}

Hazards find_hazards(const Evaluated& evaluated) {
  if (evaluated.webhook_adds_it) return {check(evaluated, evaluated.cured), {}};
  Hazards hazards{check(evaluated, evaluated.written), {}};
  if (evaluated.evaluation.unmet.empty()) return hazards;

  std::vector<Fired> later = check(evaluated, evaluated.cured);
  const auto vetoes = std::stable_partition(later.begin(), later.end(), rules_out);
  if (vetoes != later.begin()) {
    later.erase(vetoes, later.end());
    const Json document = fixed(evaluated, later);
    later = joined(std::move(later), check(evaluated, document));
  }
  for (Fired& one : later)
    if (!has_fired(hazards.now, one) && !has_fired(hazards.after_fix, one)) hazards.after_fix.push_back(std::move(one));
  return hazards;
}

bool is_idle(const Fired& fired, const Json& written) {
  return fired.severity() == Severity::note && value_at(written, fired.hazard.at) == nullptr;
}

Fired foreseen(Fired fired) {
  fired.hazard.message = "after --fix, " + fired.hazard.message;
  fired.hazard.severity = std::min(fired.severity(), Severity::warning);
  return fired;
}

}  // namespace dotdiag
