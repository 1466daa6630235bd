// UTF-8 and UTF-16, as far as reading a file needs them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

/// The offset of the first byte that does not belong to a valid UTF-8 sequence (RFC 3629: no overlong forms, no
/// surrogates, nothing above U+10FFFF), or the size of `text`.
std::size_t valid_utf8_prefix(std::string_view text);

/// A character of UTF-8.
struct Character {
  std::string_view bytes;
  std::optional<char32_t> code_point;  ///< nothing for a byte that belongs to no valid sequence
};

/// The first one of `text`, which must not be empty.
Character first_character(std::string_view text);

/// `text` with U+FFFD in place of each byte that belongs to no valid sequence.
std::string valid_utf8(std::string_view text);

/// True where every byte of `text` is ASCII.
bool is_ascii(std::string_view text);

/// The number of code points in `text`, which must be valid UTF-8.
std::size_t count_characters(std::string_view text);

/// The first `count` code points of `text`, which must be valid UTF-8; all of it where it has no more.
std::string_view first_characters(std::string_view text, std::size_t count);

/// `text` in at most `most` code points, of which the last three are `...` where something was cut off. Empty where not
/// even these fit.
std::string shortened(std::string_view text, std::size_t most);

/// Appends `code_point` to `text` as UTF-8.
void append_utf8(std::string& text, char32_t code_point);

/// What became of UTF-16 text.
struct Transcoded {
  std::string text;          ///< as UTF-8, up to the first code unit that is wrong
  std::size_t consumed = 0;  ///< bytes understood: all of them where nothing was wrong
};

Transcoded transcode_utf16(std::string_view bytes, bool big_endian);

}  // namespace dotdiag
