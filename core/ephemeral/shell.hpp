// Words and comments for the shells that people paste into.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

/// `word` as one word of a POSIX shell, quoted only where it must be.
std::string shell_word(std::string_view word);

/// `word` as one string of PowerShell, always quoted.
std::string powershell_word(std::string_view word);

}  // namespace dotdiag
