// Sizes and times as people read them, and words for any shell that they paste into.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dotdiag {

/// `1.4 GB`, `312 kB`, `17 bytes`: units of 1000, as disks and networks count.
std::string size_words(std::uint64_t bytes);

/// `0.3 s`, `12 s`, `3 min`.
std::string time_words(double seconds);

/// `word` as one word of bash, zsh and PowerShell, quoted only where it must be. Where none suits all of them (it has a
/// quote of each kind) as a POSIX shell has it.
std::string word_for_any_shell(std::string_view word);

}  // namespace dotdiag
