// How outputs write JSON.
#pragma once

#include "core/ephemeral/plan.hpp"

#include <string>

namespace dotdiag {

/// Indented, with a final line break.
inline std::string indented(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// On one line; ASCII only, because some shells and consoles know nothing else.
inline std::string compact(const Json& json) {
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

/// `{"spec": {"ephemeralContainers": [...]}}`.
inline Json merge_patch(const DebuggerPlan& plan) {
  const Json containers = Json::object({{"ephemeralContainers", Json::array({plan.container})}});
  return Json::object({{"spec", containers}});
}

}  // namespace dotdiag
