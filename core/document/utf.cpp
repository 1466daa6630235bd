#include "core/document/utf.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace dotdiag {
namespace {

unsigned char byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

/// The offset behind the ASCII characters that start at `offset`, eight at a time.
std::size_t skip_ascii(std::string_view text, std::size_t offset) {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  while (offset + 8 <= text.size()) {
    std::uint64_t block = 0;
    std::memcpy(&block, text.data() + offset, 8);
    if ((block & high_bits) != 0) break;
    offset += 8;
  }
  while (offset < text.size() && byte_at(text, offset) < 0x80)
    ++offset;
  return offset;
}

/// The length of the valid sequence at `offset`, which starts with a byte above 0x7F; 0 where it is not valid.
std::size_t sequence_length(std::string_view text, std::size_t offset) {
  const unsigned char lead = byte_at(text, offset);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || offset + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, offset + i) & 0xC0) != 0x80) return 0;
  }
  const unsigned char second = byte_at(text, offset + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool too_high = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_high ? 0 : length;
}

bool begins_character(char byte) {
  return (byte & 0xC0) != 0x80;
}

bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

char32_t code_unit(std::string_view bytes, std::size_t offset, bool big_endian) {
  const unsigned first = byte_at(bytes, offset);
  const unsigned second = byte_at(bytes, offset + 1);
  return big_endian ? first << 8U | second : second << 8U | first;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) {
  std::size_t offset = skip_ascii(text, 0);
  while (offset < text.size()) {
    const std::size_t length = sequence_length(text, offset);
    if (length == 0) return offset;
    offset = skip_ascii(text, offset + length);
  }
  return offset;
}

Character first_character(std::string_view text) {
  const unsigned char lead = byte_at(text, 0);
  if (lead < 0x80) return {text.substr(0, 1), lead};
  const std::size_t length = sequence_length(text, 0);
  if (length == 0) return {text.substr(0, 1), std::nullopt};
  char32_t code_point = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i)
    code_point = code_point << 6U | (byte_at(text, i) & 0x3FU);
  return {text.substr(0, length), code_point};
}

std::string valid_utf8(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t valid = valid_utf8_prefix(text);
    result += text.substr(0, valid);
    if (valid < text.size()) append_utf8(result, 0xFFFD);
    text.remove_prefix(std::min(valid + 1, text.size()));
  }
  return result;
}

bool is_ascii(std::string_view text) {
  return skip_ascii(text, 0) == text.size();
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  for (std::size_t begun = 0; end < text.size(); ++end) {
    if (begins_character(text[end]) && ++begun > count) break;
  }
  return text.substr(0, end);
}

std::string shortened(std::string_view text, std::size_t most) {
  constexpr std::string_view ellipsis = "...";
  if (count_characters(text) <= most) return std::string(text);
  if (most <= ellipsis.size()) return {};
  return std::string(first_characters(text, most - ellipsis.size())).append(ellipsis);
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80U | ((code_point >> shift) & 0x3FU)); };
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    text += static_cast<char>(0xC0U | (code_point >> 6U));
    tail(0);
  } else if (code_point < 0x10000) {
    text += static_cast<char>(0xE0U | (code_point >> 12U));
    tail(6), tail(0);
  } else {
    text += static_cast<char>(0xF0U | (code_point >> 18U));
    tail(12), tail(6), tail(0);
  }
}

Transcoded transcode_utf16(std::string_view bytes, bool big_endian) {
  Transcoded result;
  result.text.reserve(bytes.size());
  while (result.consumed + 2 <= bytes.size()) {
    const char32_t unit = code_unit(bytes, result.consumed, big_endian);
    if (is_low_surrogate(unit)) return result;
    if (!is_high_surrogate(unit)) {
      append_utf8(result.text, unit);
      result.consumed += 2;
      continue;
    }
    if (result.consumed + 4 > bytes.size()) return result;
    const char32_t low = code_unit(bytes, result.consumed + 2, big_endian);
    if (!is_low_surrogate(low)) return result;
    append_utf8(result.text, 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00));
    result.consumed += 4;
  }
  return result;
}

}  // namespace dotdiag
