// Rules: what goes wrong with a pod although it has all that its policies ask for.
//
// A requirement can be added; a rule judges what nobody but the author can decide. One rule is one file in
// core/policy/rules: its text stands beside its check, and explanations and the rule reference are printed from there.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/policy.hpp"
#include "core/policy/severity.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// A place where a rule fires.
struct Hazard {
  std::string container;  ///< the container's name; empty where the pod as a whole is meant
  Pointer at;
  std::string message;  ///< what goes wrong, one sentence without a full stop
  std::string remedy;   ///< what to do, an imperative without a full stop
};

/// What rules look at: a pod that was evaluated, with what was found out about it.
struct Subject {
  const PodView& pod;
  const std::vector<const Policy*>& policies;
  const Evaluation& evaluation;

  /// The containers that were judged.
  std::vector<ContainerView> targets() const;
};

struct Rule {
  std::string_view id;
  Severity severity;
  std::string_view summary;  ///< what is wrong, in half a sentence
  std::string_view why;      ///< what the user would meet
  std::string_view fix;      ///< how to get rid of it
  std::string_view source;   ///< where it is documented
  std::vector<Hazard> (*check)(const Subject& subject);
};

/// All rules, by id.
const std::vector<const Rule*>& rules();

/// A rule with one of its hazards.
struct Fired {
  const Rule* rule;
  Hazard hazard;
};

/// What fires on the subject, the worst first.
std::vector<Fired> check_rules(const Subject& subject);

}  // namespace dotdiag
