// Monitors that the pod has already: two at one socket take it away from each other.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/policy/evaluate.hpp"

#include <string>
#include <string_view>

namespace dotdiag {

/// What they mean for another one, a sentence each; empty where there is none.
struct OtherMonitors {
  std::string same_endpoint;  ///< one listens at the same socket: a second must not be started
  std::string same_pod;       ///< one runs in the same pod, and may hold the port that the new one wants
};

/// Looks for monitors that run (or may run) beside one that would listen at `socket` in the directory of `volume`.
OtherMonitors find_other_monitors(const PodView& pod, const SharedVolume& volume, std::string_view socket);

}  // namespace dotdiag
