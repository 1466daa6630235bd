// Says in plain words what a value breaks in a JSON Schema.
#pragma once

#include "core/document/json.hpp"
#include "core/document/pointer.hpp"

#include <optional>
#include <string>

namespace dotdiag {

struct SchemaProblem {
  Pointer at;          ///< where to point
  std::string what;    ///< what is wrong there
  std::string remedy;  ///< what is allowed
};

/// Why the value at `path` of `document`, which a validator found to break `schema`, is wrong; nothing where the rule
/// it breaks is none of those that policies use (type, enum, const, pattern, required, additionalProperties, the limits
/// of length, items and value, and oneOf over required members).
std::optional<SchemaProblem> explain(const Json& schema, const Json& document, const Pointer& path);

}  // namespace dotdiag
