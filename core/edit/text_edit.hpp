// Changes to a text by byte offset, and the lines around an offset. Lines end at LF, CR LF or CR.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// Puts `text` in the place of the bytes from `begin` to `end`; an insertion where both are equal.
struct TextChange {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

using TextChanges = std::vector<TextChange>;

/// True where a change of `left` and one of `right` touch the same byte or the same insertion point, so that one cannot
/// be made without knowing the other.
bool touch(const TextChanges& left, const TextChanges& right);

/// True where `changes` lie inside `text` and do not overlap each other.
bool fits(std::string_view text, const TextChanges& changes);

/// `text` with all `changes` made; they must fit. Insertions at one point keep their order.
std::string apply_changes(std::string_view text, const TextChanges& changes);

/// The first character of the line that holds `offset`.
std::size_t line_begin(std::string_view text, std::size_t offset);

/// The line break that ends that line, or the end of the text.
std::size_t line_end(std::string_view text, std::size_t offset);

/// The first character of the line after it, or the end of the text.
std::size_t next_line(std::string_view text, std::size_t offset);

/// How many bytes stand before `offset` on its line. Where it matters only spaces and dashes do, so bytes are columns.
std::size_t column_of(std::string_view text, std::size_t offset);

/// The first character at or after `offset` that is neither space nor tab.
std::size_t skip_blanks(std::string_view text, std::size_t offset);

/// True where nothing but spaces and tabs stands before `offset` on its line.
bool is_first_on_line(std::string_view text, std::size_t offset);

bool is_line_break(char c);

/// The code point at `at`, which moves behind it. `text` must be valid UTF-8, as every Source is.
char32_t next_code_point(std::string_view text, std::size_t& at);

/// The line break that `text` uses first; LF where it has none.
std::string line_break_of(std::string_view text);

}  // namespace dotdiag
