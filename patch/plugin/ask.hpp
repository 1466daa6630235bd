// kubectl dotdiag dump, heap, stacks ...: asks a process in a pod, and brings the answer here.
#pragma once

#include "patch/plugin/questions/question.hpp"
#include "patch/plugin/session.hpp"

namespace dotdiag {

/// Answers one of exit_codes.hpp; of several pods the last that is not `done`. 128 + the signal's number where a signal
/// ended it.
int ask(const Question& question, const PluginSettings& settings, const Terminal& terminal);

}  // namespace dotdiag
