// Which pods run on Windows, where there are no shared process namespaces, no SYS_PTRACE and no sockets in /tmp.
#pragma once

#include "core/document/pod_view.hpp"

#include <optional>

namespace dotdiag {

/// What says that the pod runs on Windows; nothing where nothing does. The first that speaks of a system decides:
/// spec.os.name, the node selector, the node affinity that is required in all its terms; then windowsOptions, and the
/// image of any container.
std::optional<Pointer> windows_mark(const PodView& pod);

inline bool is_windows(const PodView& pod) {
  return windows_mark(pod).has_value();
}

}  // namespace dotdiag
