// Objects that run pods although they are none of the workloads that are known here. They are not judged, and counted.
#pragma once

#include "core/document/json.hpp"

#include <string_view>

namespace dotdiag {

/// Why `object`, which is no workload, is not judged although it runs pods, in words that follow a count; empty where
/// it runs none.
std::string_view reason_not_known(const Json& object);

}  // namespace dotdiag
