// Texts with other line breaks.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

/// `text`, which has LF line breaks, with `line_break` instead.
inline std::string with_line_breaks(std::string_view text, std::string_view line_break) {
  std::string result;
  for (const char c : text) {
    if (c == '\n')
      result += line_break;
    else
      result += c;
  }
  return result;
}

}  // namespace dotdiag
