// Unified diffs, as `git apply` and `patch -p1` take them.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

/// The unified diff (prefixes a/ and b/, three lines of context) that turns `before` into `after`; empty where they are
/// equal. Always correct; shortest where changes are small and local, as ours are. Time grows with the size of the
/// texts, not with its square, and memory with the number of lines.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace dotdiag
