// Says why a pod is not ready for a debugger, and what is to be minded where it is.
#pragma once

#include "core/ephemeral/plan.hpp"
#include "patch/choose.hpp"

#include <ostream>
#include <string>

namespace dotdiag {

/// The plan's warnings, a line each, each behind `program` (`dotdiag-patch: `).
void print_warnings(const DebuggerPlan& plan, const std::string& program, std::ostream& err);

/// The reasons against this pod, as dotdiag-lint would print them, the warnings, and what can be done instead. The plan
/// must not be ready.
void explain_refusal(const DebuggerPlan& plan, const Chosen& chosen, const std::string& program, std::ostream& err);

}  // namespace dotdiag
