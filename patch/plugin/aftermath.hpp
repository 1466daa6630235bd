// What became of the pod while a connection to it was lost.
#pragma once

#include "patch/plugin/session.hpp"

#include <string>
#include <vector>

namespace dotdiag {

/// A sentence for each thing that has happened since the pod was read: it is gone, it was evicted, the target was
/// restarted, the debugger ended. Empty where nothing did.
std::vector<std::string> what_happened(const Session& session);

}  // namespace dotdiag
