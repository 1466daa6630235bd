#include "core/policy/prepared.hpp"

#include "core/policy/evaluate.hpp"
#include "core/policy/kinds.hpp"
#include "core/policy/monitor.hpp"
#include "core/policy/unmet_severity.hpp"
#include "core/policy/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

using Evidence = Preparation::Evidence;

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

bool has_own_monitor(const PodView& pod, const Evaluation& chosen) {
  const std::vector<const Policy*> none;
  return !monitors_of({pod, none, chosen, Surroundings{}}).empty();
}

/// Looks for policies in a workload as it is written, without a copy of it: most have nothing of any.
class Traces {
 public:
  /// `chosen` has the targets.
  Traces(const PodView& pod, const Choices& choices, const Evaluation& chosen)
      : pod_(pod), choices_(choices), evaluation_(chosen) {}

  /// True where something that `policy` asks for is there, be it with another value. What `other` asks for likewise is
  /// known not to be.
  bool has_any_of(const Policy& policy, const Policy* other) {
    const auto& all = policy.requirements;
    return std::any_of(all.begin(), all.end(), [&](const Requirement& requirement) {
      if (choices_.skips(requirement.id)) return false;
      const Requirement* same = other == nullptr ? nullptr : other->find(requirement.id);
      const bool is_known = same != nullptr && same->parameters == requirement.parameters;
      return !is_known && is_there(policy, requirement);
    });
  }

 private:
  bool is_there(const Policy& policy, const Requirement& requirement) {
    const Kind& kind = *find_kind(requirement.kind);
    const auto found_in = [&](const ContainerView* container) {
      const auto unmet = kind.check({policy, requirement, choices_, pod_, container, evaluation_});
      return !unmet || unmet->is_conflict();
    };
    if (!kind.per_container) return found_in(nullptr);
    const auto& targets = evaluation_.targets;
    return std::any_of(targets.begin(), targets.end(), [&](const Pointer& target) {
      const ContainerView container{target, value_at(pod_.document(), target)};
      return found_in(&container);
    });
  }

  const PodView& pod_;
  const Choices& choices_;
  Evaluation evaluation_;
};

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

Preparation find_preparation(const Json& document, const Workload& workload, const Choices& choices,
                             const Policy& usual, const PolicySet& policies) {
  const PodView pod(document, workload);
  if (auto injected = marked(pod, policies); !injected.empty()) return {Evidence::marker, std::move(injected)};
  const Evaluation chosen = choose(pod, choices);
  if (!chosen.invalid.empty()) return {Evidence::none, {&usual}};
  if (has_own_monitor(pod, chosen)) return {Evidence::own_monitor, {}};

  const auto evaluated_by = [&](const Policy& policy) {
    Json copy = document;
    return evaluate({&policy}, copy, workload, choices);
  };
  Traces traces(pod, choices, chosen);
  Preparation best{Evidence::none, {&usual}};
  const bool has_usual = traces.has_any_of(usual, nullptr);
  if (has_usual) {
    const Evaluation evaluation = evaluated_by(usual);
    best.evidence = evidence_for(usual, evaluation, usual);
    if (best.evidence == Evidence::enough && has_only_conflicts(evaluation)) return best;
  }
  for (const Policy& policy : policies.all()) {
    if (best.evidence == Evidence::complete) break;
    if (&policy == &usual || adds_capabilities_beside(policy, usual)) continue;
    if (!traces.has_any_of(policy, has_usual ? nullptr : &usual)) continue;
    const Evidence evidence = evidence_for(policy, evaluated_by(policy), usual);
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
