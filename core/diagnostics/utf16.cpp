#include "core/diagnostics/utf16.hpp"

#include <cstddef>
#include <cstdint>

namespace dotdiag::diagnostics {
namespace {

constexpr char32_t replacement = 0xFFFD;

void append(std::string& text, char32_t point) {
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | point >> 6);
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

char32_t unit_at(std::string_view bytes, std::size_t index) {
  return static_cast<char32_t>(static_cast<std::uint8_t>(bytes[2 * index]) |
                               static_cast<std::uint8_t>(bytes[2 * index + 1]) << 8);
}

bool is_high(char32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}

bool is_low(char32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

/// The code point at `at`, which moves behind it. Overlong forms and surrogates are not worth telling apart here.
char32_t next_point(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<std::uint8_t>(text[at++]);
  if (byte < 0x80) return byte;
  const int more = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
  if (more == 0) return replacement;
  char32_t point = byte & (0x3Fu >> more);
  for (int i = 0; i < more; ++i) {
    if (at == text.size() || (static_cast<std::uint8_t>(text[at]) & 0xC0) != 0x80) return replacement;
    point = point << 6 | (static_cast<std::uint8_t>(text[at++]) & 0x3F);
  }
  return point > 0x10FFFF || is_high(point) || is_low(point) ? replacement : point;
}

}  // namespace

std::string utf8_from_utf16(std::string_view bytes) {
  std::string text;
  const std::size_t units = bytes.size() / 2;
  for (std::size_t i = 0; i < units; ++i) {
    const char32_t unit = unit_at(bytes, i);
    if (is_high(unit) && i + 1 < units && is_low(unit_at(bytes, i + 1)))
      append(text, 0x10000 + ((unit - 0xD800) << 10) + (unit_at(bytes, ++i) - 0xDC00));
    else
      append(text, is_high(unit) || is_low(unit) ? replacement : unit);
  }
  return text;
}

std::u16string utf16_from_utf8(std::string_view text) {
  std::u16string units;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_point(text, at);
    if (point < 0x10000) {
      units.push_back(static_cast<char16_t>(point));
    } else {
      units.push_back(static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10)));
      units.push_back(static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF)));
    }
  }
  return units;
}

}  // namespace dotdiag::diagnostics
