// What a fix would change, as few lines as a person needs to see where.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct PreviewLine {
  char mark;           ///< '+' put in, '-' taken out, ' ' the line before a change
  std::size_t number;  ///< in the text before, 1-based; of a line that is put in, of the one it comes behind
  std::string text;    ///< without its line break
};

/// What differs between the texts, each change behind the line before it. The first line of `before` has
/// `first_number`.
std::vector<PreviewLine> preview_of(std::string_view before, std::string_view after, std::size_t first_number);

}  // namespace dotdiag
