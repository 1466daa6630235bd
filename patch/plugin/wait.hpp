// Waiting until the debugger runs.
#pragma once

#include "patch/plugin/session.hpp"

namespace dotdiag {

/// Looks once a second, for at most `timeout_seconds` of the session's settings. False where the debugger does not run
/// by then, has ended, cannot start, or the pod cannot be read: that has been said, with what to do.
bool wait_until_it_runs(const Session& session);

}  // namespace dotdiag
