// What the rules know of that which happens to a pod while a dump is taken.
#pragma once

#include "core/ephemeral/debugger_kind.hpp"
#include "core/policy/rule.hpp"

#include <vector>

namespace dotdiag {

/// The rules that fire about dumps of `target`, the worst first. With the native debugger those about room are left
/// out: a dump through a pipe takes none.
std::vector<Fired> dump_risks(const Policy& policy, DebuggerKind kind, const PodView& pod, const ContainerView& target,
                              const Evaluation& evaluation);

}  // namespace dotdiag
