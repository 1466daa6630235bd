// Patches for kustomize and other objects that are only a part of one: what is absent may be elsewhere, so only what is
// there can be wrong.
#pragma once

#include "core/document/document.hpp"
#include "core/document/workload.hpp"
#include "core/policy/policy.hpp"
#include "core/policy/surroundings.hpp"
#include "linter/finding.hpp"

#include <vector>

namespace dotdiag {

/// What is wrong with the values in `workload`, a part of an object in `document`: those that are contrary to what
/// `policies` ask for, and those that are wrong whatever stands beside them. A person has to mend them: where the rest
/// is, nobody knows.
std::vector<Finding> judge_part(const Document& document, const Workload& workload,
                                const std::vector<const Policy*>& policies, const Surroundings& surroundings);

}  // namespace dotdiag
