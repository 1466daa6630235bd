// Text of somebody else's for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

/// `text` with control characters as `\x1b`: a manifest must not be able to drive the terminal.
std::string printable(std::string_view text);

}  // namespace dotdiag
