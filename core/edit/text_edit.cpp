#include "core/edit/text_edit.hpp"

#include <algorithm>
#include <cassert>

namespace dotdiag {
namespace {

TextChanges in_order(TextChanges changes) {
  const auto earlier = [](const TextChange& a, const TextChange& b) { return a.begin < b.begin; };
  std::stable_sort(changes.begin(), changes.end(), earlier);
  return changes;
}

}  // namespace

bool touch(const TextChanges& left, const TextChanges& right) {
  for (const TextChange& a : left)
    for (const TextChange& b : right)
      if (a.begin <= b.end && b.begin <= a.end) return true;
  return false;
}

bool fits(std::string_view text, const TextChanges& changes) {
  std::size_t done = 0;
  for (const TextChange& change : in_order(changes)) {
    if (change.begin < done || change.end < change.begin || change.end > text.size()) return false;
    done = change.end;
  }
  return true;
}

std::string apply_changes(std::string_view text, const TextChanges& changes) {
  assert(fits(text, changes));
  std::string result;
  std::size_t done = 0;
  for (const TextChange& change : in_order(changes)) {
    result += text.substr(done, change.begin - done);
    result += change.text;
    done = change.end;
  }
  result += text.substr(done);
  return result;
}

std::size_t line_begin(std::string_view text, std::size_t offset) {
  while (offset > 0 && !is_line_break(text[offset - 1]))
    --offset;
  return offset;
}

std::size_t line_end(std::string_view text, std::size_t offset) {
  while (offset < text.size() && !is_line_break(text[offset]))
    ++offset;
  return offset;
}

std::size_t next_line(std::string_view text, std::size_t offset) {
  const std::size_t end = line_end(text, offset);
  if (end == text.size()) return end;
  const bool crlf = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
  return end + (crlf ? 2 : 1);
}

std::size_t column_of(std::string_view text, std::size_t offset) {
  return offset - line_begin(text, offset);
}

std::size_t skip_blanks(std::string_view text, std::size_t offset) {
  while (offset < text.size() && (text[offset] == ' ' || text[offset] == '\t'))
    ++offset;
  return offset;
}

bool is_first_on_line(std::string_view text, std::size_t offset) {
  return skip_blanks(text, line_begin(text, offset)) >= offset;
}

bool is_line_break(char c) {
  return c == '\n' || c == '\r';
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const unsigned char first = static_cast<unsigned char>(text[at++]);
  if (first < 0x80) return first;
  const unsigned more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  char32_t value = first & (0x3FU >> more);
  for (unsigned i = 0; i < more && at < text.size(); ++i)
    value = (value << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  return value;
}

std::string line_break_of(std::string_view text) {
  const std::size_t at = text.find_first_of("\r\n");
  if (at == std::string_view::npos) return "\n";
  return std::string(text.substr(at, text.substr(at, 2) == "\r\n" ? 2 : 1));
}

}  // namespace dotdiag
