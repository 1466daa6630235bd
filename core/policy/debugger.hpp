// Finds the debug containers in a file that somebody means to apply to a running pod.
#pragma once

#include "core/document/json.hpp"
#include "core/policy/rule.hpp"

#include <vector>

namespace dotdiag {

/// The containers in a debug patch: `spec.ephemeralContainers` of a strategic merge patch or of a Pod, the values of a
/// JSON Patch that adds to it, or the document itself where it is a partial Container for `kubectl debug --custom`.
/// Empty where it is none of these: files with other top-level members (Helm values, a kustomization) are no Container.
/// They refer to `document`.
std::vector<Debugger> find_debuggers(const Json& document);

}  // namespace dotdiag
