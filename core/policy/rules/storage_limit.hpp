// The limit of ephemeral storage above which a pod is evicted. Dumps in an emptyDir on disk count.
#pragma once

#include "core/policy/rules/measures.hpp"

#include <cstdint>
#include <limits>
#include <vector>

namespace dotdiag {

/// What all containers of the pod together may write, and who says so.
struct StorageLimit {
  std::int64_t amount = 0;
  std::vector<ContainerView> set_by;

  void add(const ContainerView& container) {
    const auto limit = limit_of(*container.json, "ephemeral-storage");
    if (!limit || limit->value() <= 0) return;
    set_by.push_back(container);
    if (__builtin_add_overflow(amount, limit->value(), &amount)) amount = std::numeric_limits<std::int64_t>::max();
  }
};

/// The kubelet sums up the limits there are; a container without one does not lift the pod's. Source:
/// kubernetes/kubernetes, pkg/kubelet/eviction/eviction_manager.go, podEphemeralStorageLimitEviction.
inline StorageLimit storage_limit(const PodView& pod) {
  StorageLimit storage;
  for (const auto* containers : {&pod.containers(), &pod.native_sidecars()}) {
    for (const ContainerView& container : *containers)
      storage.add(container);
  }
  return storage;
}

}  // namespace dotdiag
