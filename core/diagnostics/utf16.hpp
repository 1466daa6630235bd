// Between the runtime's UTF-16 and our UTF-8. Text of a sick process may be broken: that becomes U+FFFD, never an
// error.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

/// `bytes` are little-endian units; a last odd byte is left out.
std::string utf8_from_utf16(std::string_view bytes);

std::u16string utf16_from_utf8(std::string_view text);

}  // namespace dotdiag::diagnostics
