// Times as people read them, sizes from core/transfer, and words for any shell that they paste into.
#pragma once

#include "core/transfer/size_words.hpp"

#include <string>
#include <string_view>

namespace dotdiag {

using transfer::size_words;

/// `0.3 s`, `12 s`, `3 min`.
std::string time_words(double seconds);

/// `word` as one word of bash, zsh and PowerShell, quoted only where it must be. Where none suits all of them (it has a
/// quote of each kind) as a POSIX shell has it.
std::string word_for_any_shell(std::string_view word);

}  // namespace dotdiag
