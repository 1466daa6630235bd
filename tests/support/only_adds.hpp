// Checks the promise that nothing of the user's is changed or taken away.
#pragma once

#include "core/document/json.hpp"
#include "core/policy/opt_in.hpp"

#include <cstddef>
#include <string>

namespace dotdiag::test {

/// True where `after` has everything that `before` has: each member (null counts as absent, and dotdiag's own
/// annotations may change), each item at its place, each scalar as it was.
inline bool only_adds(const Json& before, const Json& after) {
  if (before.is_null()) return true;
  if (before.is_object()) {
    if (!after.is_object()) return false;
    for (const auto& [key, value] : before.items()) {
      if (key == annotation::status || key == annotation::injected) continue;
      const auto found = after.find(key);
      if (found == after.end() || !only_adds(value, *found)) return false;
    }
    return true;
  }
  if (!before.is_array()) return before == after;
  if (!after.is_array() || after.size() < before.size()) return false;
  for (std::size_t index = 0; index < before.size(); ++index) {
    if (!only_adds(before[index], after[index])) return false;
  }
  return true;
}

}  // namespace dotdiag::test
