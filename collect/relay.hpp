// Runs a command of this program and passes on what it says as core/transfer/frame.hpp has it, for a reader at the
// other end of `kubectl exec`.
//
// That reader holds our standard input. When it lets go, whether by will, by death or because the connection was cut,
// the command is ended as Ctrl-C would end it: nothing of it stays in the pod.
#pragma once

#include <string>
#include <vector>

namespace dotdiag::collect {

/// Answers the exit code of the command; 128 + the signal's number where a signal ended it. Throws a Failure where it
/// cannot be started.
int relay(const std::vector<std::string>& words);

}  // namespace dotdiag::collect
