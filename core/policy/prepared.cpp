#include "core/policy/prepared.hpp"

#include "core/policy/evaluate.hpp"
#include "core/policy/monitor.hpp"
#include "core/policy/opt_in.hpp"
#include "core/policy/unmet_severity.hpp"
#include "core/policy/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

using Evidence = Preparation::Evidence;

Evaluation evaluated_by(const std::vector<const Policy*>& policies, const Json& document, const Workload& workload) {
  Json copy = document;
  return evaluate(policies, copy, workload, {});
}

/// The policies that the webhook's marker names; none where it names one that is not known.
std::vector<const Policy*> marked(const PodView& pod, const PolicySet& policies) {
  std::vector<const Policy*> found;
  const std::string_view marker = pod.annotation(annotation::injected);
  if (marker.empty()) return found;
  for (const std::string_view name : split(marker, ',')) {
    found.push_back(policies.find(name));
    if (found.back() == nullptr) return {};
  }
  return found;
}

bool has_own_monitor(const Json& document, const Workload& workload, const PodView& pod) {
  const std::vector<const Policy*> none;
  const Evaluation evaluation = evaluated_by(none, document, workload);
  return !monitors_of({pod, none, evaluation, Surroundings{}}).empty();
}

/// True for what only `policy` asks for, and is there at least in part: a value of another kind, which is a conflict,
/// is a sign of the same intention.
bool is_sign(const Requirement& requirement, const Evaluation& evaluation, const Policy& usual) {
  if (usual.find(requirement.id) != nullptr) return false;
  return std::none_of(evaluation.unmet.begin(), evaluation.unmet.end(),
                      [&](const Unmet& unmet) { return unmet.requirement == requirement.id && !unmet.is_conflict(); });
}

Evidence evidence_for(const Policy& policy, const Evaluation& evaluation, const Policy& usual) {
  const auto& unmet = evaluation.unmet;
  if (unmet.empty()) return Evidence::complete;
  const bool is_enough = std::none_of(unmet.begin(), unmet.end(), [&](const Unmet& one) {
    return severity_of(one, policy, evaluation) == Severity::error;
  });
  if (is_enough) return Evidence::enough;
  const auto& all = policy.requirements;
  const bool is_started = std::any_of(
      all.begin(), all.end(), [&](const Requirement& requirement) { return is_sign(requirement, evaluation, usual); });
  return is_started ? Evidence::started : Evidence::none;
}

/// True where all is there that can be added: what is missing has somebody's own value in its way. So it is behind
/// --fix, which must not lead to another policy.
bool has_only_conflicts(const Evaluation& evaluation) {
  const auto& unmet = evaluation.unmet;
  return std::all_of(unmet.begin(), unmet.end(), [](const Unmet& one) { return one.is_conflict(); });
}

/// True where `policy` adds a capability and `usual` does not: that one was chosen where none may be added.
bool adds_capabilities_beside(const Policy& policy, const Policy& usual) {
  const auto& all = policy.requirements;
  return std::any_of(all.begin(), all.end(), [&](const Requirement& requirement) {
    return requirement.kind == "capability" && usual.find(requirement.id) == nullptr;
  });
}

/// True where `one` says more than `other`.
bool is_better(Evidence one, Evidence other) {
  if (one == Evidence::none || other == Evidence::none) return one != Evidence::none && other == Evidence::none;
  return one < other;
}

}  // namespace

Preparation find_preparation(const Json& document, const Workload& workload, const Policy& usual,
                             const PolicySet& policies) {
  const PodView pod(document, workload);
  if (auto injected = marked(pod, policies); !injected.empty()) return {Evidence::marker, std::move(injected)};
  const Evaluation by_usual = evaluated_by({&usual}, document, workload);
  if (!by_usual.invalid.empty()) return {Evidence::none, {&usual}};
  if (has_own_monitor(document, workload, pod)) return {Evidence::own_monitor, {}};

  Preparation best{evidence_for(usual, by_usual, usual), {&usual}};
  if (best.evidence == Evidence::enough && has_only_conflicts(by_usual)) return best;
  for (const Policy& policy : policies.all()) {
    if (best.evidence == Evidence::complete) break;
    if (&policy == &usual || adds_capabilities_beside(policy, usual)) continue;
    const Evidence evidence = evidence_for(policy, evaluated_by({&policy}, document, workload), usual);
    if (is_better(evidence, best.evidence)) best = {evidence, {&policy}};
  }
  return best;
}

std::string_view evidence_text(Evidence evidence) {
  switch (evidence) {
    case Evidence::none:
      return "";
    case Evidence::marker:
      return "the webhook marked it";
    case Evidence::own_monitor:
      return "it has a dotnet-monitor of its own";
    case Evidence::complete:
      return "it has all that the policy asks for";
    case Evidence::enough:
      return "it has what the policy needs";
    case Evidence::started:
      return "it sets what only this policy needs";
  }
  return "";
}

}  // namespace dotdiag
