// How bad it is that a requirement is not met: whether the debugger would fail, or only a recipe asks for more.
#pragma once

#include "core/policy/evaluate.hpp"
#include "core/policy/severity.hpp"

namespace dotdiag {

/// Of what `evaluation` found: what the policy says of its absence. A value that says the contrary is an error, however
/// mild its absence would be; but not where it takes a capability away, which does what its absence does.
Severity severity_of(const Unmet& unmet, const Policy& policy, const Evaluation& evaluation);

}  // namespace dotdiag
