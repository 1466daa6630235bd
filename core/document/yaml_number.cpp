#include "core/document/yaml_number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace dotdiag {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_sign(char c) {
  return c == '+' || c == '-';
}

std::string without_underscores(std::string_view text) {
  std::string plain(text);
  plain.erase(std::remove(plain.begin(), plain.end(), '_'), plain.end());
  return plain;
}

/// Go's rule for literals: an underscore stands between two digits.
bool underscores_separate_digits(std::string_view text) {
  for (std::size_t at = text.find('_'); at != std::string_view::npos; at = text.find('_', at + 1)) {
    if (at == 0 || at + 1 == text.size() || !is_digit(text[at - 1]) || !is_digit(text[at + 1])) return false;
  }
  return true;
}

struct Digits {
  std::string_view digits;
  int base = 10;
};

/// Takes the base off: `0x1F`, `0o17`, `0b11`, and a leading zero for octal. Upper case will do.
Digits split_base(std::string_view unsigned_text) {
  if (unsigned_text.size() < 2 || unsigned_text[0] != '0') return {unsigned_text, 10};
  if (unsigned_text.size() < 3) return {unsigned_text.substr(1), 8};
  switch (unsigned_text[1]) {
    case 'x':
    case 'X':
      return {unsigned_text.substr(2), 16};
    case 'o':
    case 'O':
      return {unsigned_text.substr(2), 8};
    case 'b':
    case 'B':
      return {unsigned_text.substr(2), 2};
    default:
      return {unsigned_text.substr(1), 8};
  }
}

std::optional<std::uint64_t> magnitude(std::string_view unsigned_text) {
  const Digits number = split_base(unsigned_text);
  std::uint64_t value = 0;
  const char* const end = number.digits.data() + number.digits.size();
  const auto [stop, problem] = std::from_chars(number.digits.data(), end, value, number.base);
  if (problem != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::optional<Json> integer(std::string_view text) {
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool is_signed = is_sign(text.front());
  const auto value = magnitude(is_signed ? text.substr(1) : text);
  if (!value) return std::nullopt;
  if (text.front() == '-') {
    if (*value > largest + 1) return std::nullopt;
    return Json(*value > largest ? std::numeric_limits<std::int64_t>::min() : -static_cast<std::int64_t>(*value));
  }
  // Go's ParseUint, which reads what ParseInt finds too large, takes no sign.
  if (is_signed && *value > largest) return std::nullopt;
  return Json(*value);
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at]))
    ++at;
  return at;
}

/// [-+]? ( .digits | digits [.digits?] ) ( [eE] [-+]? digits )?
bool is_float(std::string_view text) {
  std::size_t at = is_sign(text.front()) ? 1 : 0;
  const std::size_t whole = at;
  at = skip_digits(text, at);
  bool has_digits = at > whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = at + 1;
    at = skip_digits(text, fraction);
    has_digits = has_digits || at > fraction;
  }
  if (!has_digits) return false;
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  ++at;
  if (at < text.size() && is_sign(text[at])) ++at;
  return at < text.size() && skip_digits(text, at) == text.size();
}

/// std::from_chars does not say which way a number is out of range.
bool is_tiny(std::string_view text) {
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent != std::string_view::npos && exponent + 1 < text.size()) return text[exponent + 1] == '-';
  return text.find_first_not_of("0.+-") > text.find('.');
}

/// Go makes what is too small zero, and calls what is too large an error.
std::optional<Json> floating(std::string_view text) {
  if (!is_float(text)) return std::nullopt;
  if (text.front() == '+') text.remove_prefix(1);
  double value = 0;
  const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem == std::errc::result_out_of_range) return is_tiny(text) ? std::optional<Json>(0.0) : std::nullopt;
  if (problem != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return Json(value);
}

/// The significant digits of `value`, and the power of ten of the first.
struct Scientific {
  std::string digits;
  int exponent = 0;
};

Scientific shortest(float value) {
  std::array<char, 32> buffer{};
  const auto written =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
  const std::size_t e = text.find('e');
  Scientific result;
  result.digits = std::string(text.substr(0, 1));
  if (e > 2) result.digits += text.substr(2, e - 2);
  result.exponent = std::stoi(std::string(text.substr(e + 1)));
  return result;
}

std::string with_exponent(const Scientific& number) {
  std::string text = number.digits.substr(0, 1);
  if (number.digits.size() > 1) text += "." + number.digits.substr(1);
  const std::string exponent = std::to_string(std::abs(number.exponent));
  return text + (number.exponent < 0 ? "e-" : "e+") + (exponent.size() < 2 ? "0" : "") + exponent;
}

std::string without_exponent(const Scientific& number) {
  std::string digits = number.digits;
  if (number.exponent < 0) return "0." + std::string(static_cast<std::size_t>(-number.exponent) - 1, '0') + digits;
  const auto whole = static_cast<std::size_t>(number.exponent) + 1;
  if (digits.size() <= whole) return digits + std::string(whole - digits.size(), '0');
  return digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace

std::optional<Json> yaml_number(std::string_view text) {
  if (text.front() == '.') {
    if (!underscores_separate_digits(text)) return std::nullopt;
    return floating(without_underscores(text));
  }
  const std::string plain = without_underscores(text);
  if (auto value = integer(plain)) return value;
  return floating(plain);
}

std::string float_key(double value) {
  const auto narrowed = static_cast<float>(value);
  if (std::isnan(narrowed)) return ".nan";
  if (std::isinf(narrowed)) return narrowed < 0 ? "-.inf" : ".inf";
  if (narrowed == 0) return std::signbit(narrowed) ? "-0" : "0";
  const std::string sign = narrowed < 0 ? "-" : "";
  const Scientific number = shortest(std::abs(narrowed));
  const bool needs_exponent = number.exponent < -4 || number.exponent >= 6;
  return sign + (needs_exponent ? with_exponent(number) : without_exponent(number));
}

}  // namespace dotdiag
