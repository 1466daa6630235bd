// One step down into a document, for those who walk it without a pointer.
#pragma once

#include "core/document/json.hpp"

#include <string_view>

namespace dotdiag {

/// The member or item of `value` that the reference token `token` (unescaped, RFC 6901 section 4) names, or nullptr
/// where there is none. A null found there is returned: it exists.
const Json* child(const Json& value, std::string_view token);

/// The value below `value` at `path`, a JSON Pointer without escapes (a constant of ours:
/// `/securityContext/runAsUser`), or nullptr where there is none.
const Json* descend(const Json& value, std::string_view path);

}  // namespace dotdiag
