// An object of a list as a document of its own, so that what is done to one does not touch the others.
#pragma once

#include "core/document/workload.hpp"

namespace dotdiag {

/// The workload once its object is a document of its own.
inline Workload by_itself(const Workload& workload) {
  Workload own = workload;
  own.pod_metadata = workload.pod_metadata.below(workload.object);
  own.pod_spec = workload.pod_spec.below(workload.object);
  own.object = {};
  return own;
}

}  // namespace dotdiag
