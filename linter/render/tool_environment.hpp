// The environment in which charts and kustomizations are rendered: the user's own, so that wrappers of helm and kubectl
// work, without a way to a cluster or into the network.
#pragma once

#include <string>
#include <vector>

namespace dotdiag {

/// `NAME=value` each.
std::vector<std::string> tool_environment();

}  // namespace dotdiag
