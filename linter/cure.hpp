// Everything that --fix does to one workload, as one list of edits.
#pragma once

#include "core/policy/rule.hpp"
#include "linter/selection.hpp"

#include <vector>

namespace dotdiag {

/// True where --fix makes `hazard`'s fix: the safe ones, and the others where `unsafe` is true.
bool is_made(const Hazard& hazard, bool unsafe);

/// The edits that cure what is unmet, less those that a hazard in `fired` says would do harm.
Edits harmless_edits(const Evaluation& evaluation, const std::vector<Fired>& fired);

/// The edits that add what the policies ask for and mend what the rules can mend, each made for what the edits before
/// it lead to; `fired` is what fires on `written`, and only what `selection` has is mended. No rule is obeyed twice at
/// one place, so that fixes which contradict each other come to an end.
Edits cure(const Json& written, const Workload& workload, const std::vector<const Policy*>& policies,
           const Choices& choices, const Surroundings& surroundings, bool unsafe, const Selection& selection,
           const std::vector<Fired>& fired, const KnownImages& images);

}  // namespace dotdiag
