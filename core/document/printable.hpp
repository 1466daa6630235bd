// Text of somebody else's for a terminal or a log, which it must not be able to drive or to spoil.
//
// Replaced is what shows nothing itself and changes what is shown of the rest: the control characters of ASCII and of
// ISO 6429 (U+0080 to U+009F), those that turn round the direction of text (Unicode's Bidi_Control: a line of source
// may look like another one, CVE-2021-42574), and bytes that are no UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

/// `text` with these as `\x1b`, `\u202e` and `\xff`, on one line.
std::string printable(std::string_view text);

/// The same, but line breaks stay.
std::string printable_lines(std::string_view text);

/// `text` on one line with a question mark for each of these but tabs: one character stays one.
std::string one_line(std::string_view text);

}  // namespace dotdiag
