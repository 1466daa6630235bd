// What the formats that are JSON share.
#pragma once

#include "core/document/json.hpp"

#include <string>

namespace dotdiag {

/// The text of `value` in one line: always valid UTF-8, also where a file's name is not.
inline std::string json_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace dotdiag
