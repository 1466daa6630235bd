// Digits stay text until their place is known, so nothing is lost on the way, however long the number is written.
#include "core/document/quantity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>

namespace dotdiag {

namespace {

using Format = Quantity::Format;

constexpr std::int64_t mebi = 1024 * 1024;
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::string_view digit_characters = "0123456789";

struct Suffix {
  std::string_view text;
  int power;  ///< of ten with Format::decimal, of 1024 with Format::binary
  Format format;
};

constexpr std::array<Suffix, 16> suffixes{{
    {"n", -9, Format::decimal},
    {"u", -6, Format::decimal},
    {"m", -3, Format::decimal},
    {"", 0, Format::decimal},
    {"k", 3, Format::decimal},
    {"M", 6, Format::decimal},
    {"G", 9, Format::decimal},
    {"T", 12, Format::decimal},
    {"P", 15, Format::decimal},
    {"E", 18, Format::decimal},
    {"Ki", 1, Format::binary},
    {"Mi", 2, Format::binary},
    {"Gi", 3, Format::binary},
    {"Ti", 4, Format::binary},
    {"Pi", 5, Format::binary},
    {"Ei", 6, Format::binary},
}};

/// What a suffix does to the number before it.
struct Scale {
  std::int64_t decimal_power = 0;
  int binary_power = 0;  ///< of 1024
  Format format = Format::decimal;
};

/// `e6`, `E-3`: nothing where there is no whole number behind the letter (`E` alone is exa).
std::optional<Scale> exponent_scale(std::string_view text) {
  if (!text.starts_with('e') && !text.starts_with('E')) return std::nullopt;
  text.remove_prefix(1);
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  Scale scale{0, 0, Format::exponent};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), scale.decimal_power);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  constexpr std::int64_t far = 1'000'000'000;  // beyond what any number of digits makes up for, and safe to add to
  scale.decimal_power = std::clamp(scale.decimal_power, -far, far);
  return scale;
}

std::optional<Scale> scale_of(std::string_view text) {
  const auto found = std::find_if(suffixes.begin(), suffixes.end(), [&](const Suffix& s) { return s.text == text; });
  if (found == suffixes.end()) return exponent_scale(text);
  if (found->format == Format::binary) return Scale{0, found->power, Format::binary};
  return Scale{found->power, 0, Format::decimal};
}

/// A number without sign, as digits around a decimal point.
struct Number {
  std::string whole;
  std::string fraction;
};

/// Takes the number off the front of `text`.
std::optional<Number> take_digits(std::string_view& text) {
  const auto take = [&text] {
    const auto count = std::min(text.find_first_not_of(digit_characters), text.size());
    std::string digits(text.substr(0, count));
    text.remove_prefix(count);
    return digits;
  };
  Number digits;
  digits.whole = take();
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    digits.fraction = take();
  }
  if (digits.whole.empty() && digits.fraction.empty()) return std::nullopt;
  return digits;
}

/// Moves the decimal point; nothing where the result has more digits than fit. Far behind the point it does not matter
/// how many zeros come first, only that something comes at all, so that 1e-999999999 stays small in memory too.
std::optional<Number> shifted(const Number& digits, std::int64_t power) {
  constexpr std::int64_t most_digits = 19;
  std::string all = digits.whole + digits.fraction;
  const std::size_t zeros = std::min(all.find_first_not_of('0'), all.size());
  if (zeros == all.size()) return Number{};
  const std::int64_t point = static_cast<std::int64_t>(digits.whole.size()) - static_cast<std::int64_t>(zeros) + power;
  if (point > most_digits) return std::nullopt;
  const auto fraction_zeros = static_cast<std::size_t>(std::clamp<std::int64_t>(-point, 0, std::ssize(all)));
  all = std::string(fraction_zeros, '0') + all.substr(zeros);
  const auto whole_digits = static_cast<std::size_t>(std::max<std::int64_t>(point, 0));
  if (all.size() < whole_digits) all.append(whole_digits - all.size(), '0');
  return Number{all.substr(0, whole_digits), all.substr(whole_digits)};
}

/// fraction x 1024: the digits stay in `fraction`, what goes beyond the point is returned.
std::uint64_t times_1024(std::string& fraction) {
  unsigned carry = 0;
  for (auto digit = fraction.rbegin(); digit != fraction.rend(); ++digit) {
    const unsigned product = static_cast<unsigned>(*digit - '0') * 1024 + carry;
    *digit = digit_characters[product % 10];
    carry = product / 10;
  }
  return carry;
}

/// The whole units in `digits` x 1024^power, rounded up.
std::optional<std::int64_t> rounded_up(Number digits, int power) {
  std::int64_t units = 0;
  for (const char digit : digits.whole) {
    if (__builtin_mul_overflow(units, 10, &units) || __builtin_add_overflow(units, digit - '0', &units)) return {};
  }
  for (; power > 0; --power) {
    const std::uint64_t carry = times_1024(digits.fraction);
    if (__builtin_mul_overflow(units, 1024, &units) || __builtin_add_overflow(units, carry, &units)) return {};
  }
  const bool is_whole = digits.fraction.find_first_not_of('0') == std::string::npos;
  if (!is_whole && __builtin_add_overflow(units, 1, &units)) return {};
  return units;
}

/// `units` with the largest suffix that keeps it whole.
std::string with_suffix(std::int64_t units, std::int64_t base, Format format) {
  int power = 0;
  for (; units != 0 && units % base == 0; units /= base)
    ++power;
  std::string text = std::to_string(units);
  if (power == 0) return text;
  if (format == Format::exponent) return text + "e" + std::to_string(3 * power);
  const int wanted = format == Format::binary ? power : 3 * power;
  const auto found = std::find_if(suffixes.begin(), suffixes.end(),
                                  [&](const Suffix& s) { return s.format == format && s.power == wanted; });
  return text.append(found->text);
}

}  // namespace

std::optional<Quantity> Quantity::parse(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  const auto digits = take_digits(text);
  if (!digits) return std::nullopt;
  const auto scale = scale_of(text);
  if (!scale) return std::nullopt;
  const auto placed = shifted(*digits, scale->decimal_power);
  if (!placed) return std::nullopt;
  const auto units = rounded_up(*placed, scale->binary_power);
  if (!units) return std::nullopt;
  return Quantity{is_negative ? -*units : *units, scale->format};
}

std::string Quantity::text() const {
  // As in Kubernetes: below 1Ki a binary quantity is written as a decimal one.
  const bool is_binary = format_ == Format::binary && (value_ <= -1024 || value_ >= 1024);
  if (is_binary) return with_suffix(value_, 1024, Format::binary);
  return with_suffix(value_, 1000, format_ == Format::exponent ? Format::exponent : Format::decimal);
}

Quantity Quantity::scaled(double factor) const {
  __extension__ using Wide = __int128;
  const auto thousandths = static_cast<Wide>(std::llround(std::min(factor, 1e12) * 1000));
  const Wide product = value_ * thousandths;
  Wide units = product > 0 ? (product + 999) / 1000 : product / 1000;
  const bool is_big = units >= mebi;
  if (is_big) units = (units + mebi - 1) / mebi * mebi;
  if (units > most) units = is_big ? most / mebi * mebi : most;
  return Quantity{static_cast<std::int64_t>(units), is_big ? Format::binary : format_};
}

}  // namespace dotdiag
