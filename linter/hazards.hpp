// What the rules see of one workload, and of which moment it is true.
#pragma once

#include "core/policy/rule.hpp"

#include <vector>

namespace dotdiag {

/// What fires on a workload, sorted by when.
struct Hazards {
  std::vector<Fired> now;        ///< as the workload will be deployed
  std::vector<Fired> after_fix;  ///< only once --fix has added what is missing, which nobody did yet

  /// Both, for what asks whether a rule fires at all.
  std::vector<Fired> all() const;
};

/// How one workload was evaluated.
struct Evaluated {
  const Json& written;  ///< as its author left it, a document of its own
  const Json& cured;    ///< with everything that `evaluation` adds
  const Workload& workload;
  const std::vector<const Policy*>& policies;
  const Evaluation& evaluation;
  const Surroundings& surroundings;
  const KnownImages& images;  ///< what the sources of its images say
  bool webhook_adds_it;       ///< what is missing is added when the workload is deployed
};

/// What fires. A workload that the webhook prepares is judged as it will then be. Another is judged as it is written,
/// and besides as the fixes will leave it: what they would break should not come as a surprise. A fix that is not
/// proposed breaks nothing.
Hazards find_hazards(const Evaluated& evaluated);

/// True where `fired` says no more than what some policy adds by itself, or what it is not worth to foresee: notes
/// about text that nobody wrote.
bool is_idle(const Fired& fired, const Json& written);

/// `fired`, which is true only after --fix, in these words. It cannot be worse than a warning: nothing fails today.
Fired foreseen(Fired fired);

}  // namespace dotdiag
