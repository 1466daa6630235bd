// Unified diffs, as `git apply` and `patch -p1` take them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// The unified diff (prefixes a/ and b/, three lines of context) that turns `before` into `after`; empty where they are
/// equal. Always correct; shortest where changes are small and local, as ours are. Time grows with the size of the
/// texts, not with its square, and memory with the number of lines.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

/// A stretch of whole lines that becomes another: byte offsets into the texts before and after, end one past the last.
struct ChangedLines {
  std::size_t before_begin, before_end, after_begin, after_end;
};

/// What unified_diff shows, as data.
std::vector<ChangedLines> changed_lines(std::string_view before, std::string_view after);

}  // namespace dotdiag
