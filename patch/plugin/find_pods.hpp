// The pods that a name on the command line means.
#pragma once

#include "patch/plugin/session.hpp"

#include <string>
#include <vector>

namespace dotdiag {

/// Of a pod its own name; of a workload its newest ready pod, or with `--all-pods` all that run. What was chosen of
/// what is said. Where none is ready the newest that runs is taken: one that hangs is not ready, and just the one to
/// look at. Empty where there is none: that has been said. Throws InputError for a kind that has no pods of its own.
std::vector<std::string> find_pods(const PluginSettings& settings, const Terminal& terminal);

}  // namespace dotdiag
