#include "core/document/printable.hpp"

#include "core/document/utf.hpp"

namespace dotdiag {
namespace {

bool is_shown(const std::optional<char32_t>& code_point) {
  if (!code_point) return false;
  const auto is_within = [&](char32_t first, char32_t last) { return *code_point >= first && *code_point <= last; };
  const bool is_control = *code_point < U' ' || is_within(0x7F, 0x9F);
  const bool turns =
      *code_point == 0x061C || is_within(0x200E, 0x200F) || is_within(0x202A, 0x202E) || is_within(0x2066, 0x2069);
  return !is_control && !turns;
}

std::string hexadecimal(char32_t number, unsigned digits) {
  std::string result;
  for (unsigned left = digits; left > 0; --left)
    result += "0123456789abcdef"[number >> 4U * (left - 1) & 0xFU];
  return result;
}

std::string escaped(const Character& character) {
  if (!character.code_point) return "\\x" + hexadecimal(static_cast<unsigned char>(character.bytes.front()), 2);
  return *character.code_point < 0x80 ? "\\x" + hexadecimal(*character.code_point, 2)
                                      : "\\u" + hexadecimal(*character.code_point, 4);
}

template <class Replacement>
std::string with_replaced(std::string_view text, Replacement replacement) {
  std::string result;
  while (!text.empty()) {
    const Character character = first_character(text);
    if (is_shown(character.code_point)) {
      result += character.bytes;
    } else {
      result += replacement(character);
    }
    text.remove_prefix(character.bytes.size());
  }
  return result;
}

}  // namespace

std::string printable(std::string_view text) {
  return with_replaced(text, escaped);
}

std::string printable_lines(std::string_view text) {
  return with_replaced(text, [](const Character& one) { return one.bytes == "\n" ? "\n" : escaped(one); });
}

std::string one_line(std::string_view text) {
  return with_replaced(text, [](const Character& one) { return one.bytes == "\t" ? '\t' : '?'; });
}

}  // namespace dotdiag
