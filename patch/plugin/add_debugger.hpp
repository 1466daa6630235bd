// Adds the planned debugger to its pod.
#pragma once

#include "patch/plugin/session.hpp"

#include <string>

namespace dotdiag {

/// Replaces the pod's ephemeral containers through the API, with `query` behind the path: `?dryRun=All`.
KubectlResult replace_ephemeral_containers(const Session& session, const std::string& query = {});

/// Adds it, by whichever of `update` and `patch` the user may do. A pod that changed meanwhile is read and planned
/// again. False where it was refused or is no longer ready: that has been said.
bool add_debugger(Session& session);

}  // namespace dotdiag
