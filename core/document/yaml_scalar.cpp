#include "core/document/yaml_scalar.hpp"

#include "core/document/utf.hpp"
#include "core/document/yaml_number.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace dotdiag {
namespace {

using Words = std::array<std::string_view, 11>;
constexpr Words true_words = {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"};
constexpr Words false_words = {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"};
constexpr std::array<std::string_view, 5> null_words = {"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 3> nan_words = {".nan", ".NaN", ".NAN"};
constexpr std::array<std::string_view, 6> infinity_words = {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"};
constexpr std::array<std::string_view, 3> negative_infinity_words = {"-.inf", "-.Inf", "-.INF"};

template <std::size_t Count>
bool is_one_of(std::string_view text, const std::array<std::string_view, Count>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::optional<Json> word(std::string_view text) {
  constexpr std::size_t longest_word = 5;
  if (text.size() > longest_word) return std::nullopt;
  if (is_one_of(text, true_words)) return Json(true);
  if (is_one_of(text, false_words)) return Json(false);
  if (is_one_of(text, null_words)) return Json(nullptr);
  if (is_one_of(text, nan_words)) return Json(std::numeric_limits<double>::quiet_NaN());
  if (is_one_of(text, infinity_words)) return Json(std::numeric_limits<double>::infinity());
  if (is_one_of(text, negative_infinity_words)) return Json(-std::numeric_limits<double>::infinity());
  return std::nullopt;
}

bool starts_like_word(char first) {
  return std::string_view("yYnNtTfFoO~.+-").find(first) != std::string_view::npos;
}
bool starts_like_number(char first) {
  return std::string_view("0123456789+-.").find(first) != std::string_view::npos;
}

/// The start of a date; go-yaml checks the rest as well, but the value is the text whatever it is.
bool looks_like_timestamp(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  return digits == 4 && text.substr(digits).starts_with('-');
}

int base64_value(char c) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::size_t value = alphabet.find(c);
  return value == std::string_view::npos ? -1 : static_cast<int>(value);
}

/// RFC 4648 with padding; line breaks are ignored.
std::optional<std::string> from_base64(std::string_view text) {
  std::string letters;
  std::copy_if(text.begin(), text.end(), std::back_inserter(letters), [](char c) { return c != '\n' && c != '\r'; });
  if (letters.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = letters.ends_with("==") ? 2 : letters.ends_with('=') ? 1 : 0;
  std::string bytes;
  unsigned bits = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const int value = i + padding < letters.size() ? base64_value(letters[i]) : 0;
    if (value < 0) return std::nullopt;
    bits = bits << 6U | static_cast<unsigned>(value);
    if (i % 4 != 3) continue;
    for (const unsigned shift : {16U, 8U, 0U})
      bytes += static_cast<char>(bits >> shift & 0xFFU);
    bits = 0;
  }
  bytes.erase(bytes.size() - padding);
  return bytes;
}

/// kubectl puts U+FFFD where the bytes are no UTF-8; a value that changes on the way is better refused.
std::optional<Json> binary(std::string_view text) {
  const auto bytes = from_base64(text);
  if (!bytes || valid_utf8_prefix(*bytes) != bytes->size()) return std::nullopt;
  return Json(*bytes);
}

std::optional<Json> as_float(const Json& value) {
  if (value.is_number_float()) return value;
  if (!value.is_number_integer()) return std::nullopt;
  const bool too_large = value.is_number_unsigned() && value.get<std::uint64_t>() >= std::uint64_t{1} << 63U;
  return too_large ? std::nullopt : std::optional<Json>(value.get<double>());
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// What YAML readers refuse, fold or skip unless it is escaped: NEL and the other C1 controls, LS, PS, the byte order
/// mark.
bool has_special_characters(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), is_control)) return true;
  for (std::size_t at = text.find('\xC2'); at != std::string_view::npos; at = text.find('\xC2', at + 1)) {
    if (at + 1 == text.size() || static_cast<unsigned char>(text[at + 1]) < 0xA0) return true;
  }
  constexpr std::array<std::string_view, 5> separators = {"\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF",
                                                          "\xEF\xBF\xBE", "\xEF\xBF\xBF"};
  return std::any_of(separators.begin(), separators.end(),
                     [&](std::string_view special) { return text.find(special) != std::string_view::npos; });
}

/// `?` and `:` need no blank behind them to be syntax in flow style.
bool starts_like_syntax(std::string_view text) {
  if (std::string_view("#&*!|>'\"%@`?:").find(text.front()) != std::string_view::npos) return true;
  if (text.starts_with("---") || text.starts_with("...")) return true;
  return text == "-" || text.starts_with("- ");
}

bool breaks_syntax(std::string_view text) {
  if (text.starts_with(' ') || text.ends_with(' ') || text.ends_with(':')) return true;
  if (text.find_first_of(",[]{}") != std::string_view::npos) return true;
  if (text.find(":?") != std::string_view::npos) return true;  // libyaml, in flow style
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return true;
  return starts_like_syntax(text) || has_special_characters(text);
}

}  // namespace

Json plain_scalar(std::string_view text) {
  auto value = plain_scalar_unless_string(text);
  return value ? *std::move(value) : Json(text);
}

std::optional<Json> plain_scalar_unless_string(std::string_view text) {
  if (text.empty()) return Json(nullptr);
  if (starts_like_word(text.front())) {
    if (auto value = word(text)) return value;
  }
  return starts_like_number(text.front()) ? yaml_number(text) : std::nullopt;
}

std::optional<Json> tagged_scalar(std::string_view tag, std::string_view text) {
  constexpr std::string_view yaml_org = "tag:yaml.org,2002:";
  if (!tag.starts_with(yaml_org)) return text;
  const std::string_view type = tag.substr(yaml_org.size());
  if (type == "binary") return binary(text);
  const auto value_if = [](bool fits, const Json& value) { return fits ? std::optional<Json>(value) : std::nullopt; };
  const Json value = plain_scalar(text);
  if (type == "null") return value_if(value.is_null(), value);
  if (type == "bool") return value_if(value.is_boolean(), value);
  if (type == "int") return value_if(value.is_number_integer(), value);
  if (type == "float") return as_float(value);
  if (type == "timestamp") return value_if(looks_like_timestamp(text), value);
  return text;
}

std::optional<Json> json_value(Json scalar) {
  if (!scalar.is_number_float()) return scalar;
  const double number = scalar.get<double>();
  if (!std::isfinite(number)) return std::nullopt;
  constexpr double limit = 9223372036854775808.0;  // 2^63
  if (std::trunc(number) != number || number < -limit || number >= limit) return scalar;
  const auto whole = static_cast<std::int64_t>(number);
  return whole < 0 ? Json(whole) : Json(static_cast<std::uint64_t>(whole));
}

std::optional<std::string> json_key(const Json& scalar) {
  if (scalar.is_string()) return scalar.get<std::string>();
  if (scalar.is_boolean()) return scalar.get<bool>() ? "true" : "false";
  if (scalar.is_number_float()) return float_key(scalar.get<double>());
  if (!scalar.is_number_integer()) return std::nullopt;
  const bool too_large = scalar.is_number_unsigned() && scalar.get<std::uint64_t>() >= std::uint64_t{1} << 63U;
  return too_large ? std::nullopt : std::optional<std::string>(scalar.dump());
}

bool needs_quotes(std::string_view text) {
  return plain_scalar_unless_string(text) || text == "<<" || breaks_syntax(text);
}

}  // namespace dotdiag
