// A debugger that runs in the pod: one of ours that is there, or a new one.
#pragma once

#include "patch/plugin/session.hpp"

namespace dotdiag {

/// Asks before it adds one. Answers `done`, or the exit code (exit_codes.hpp) where there is none: that has been said.
int bring_debugger(Session& session);

/// The words of `kubectl exec` that lead into it, up to and with `--`.
std::vector<std::string> exec_words(const DebuggerPlan& plan);

}  // namespace dotdiag
