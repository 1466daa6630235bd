#include "core/policy/version.hpp"

namespace dotdiag {
namespace {

constexpr int largest_number = 9999;

/// The number that `text` begins with, which is taken off it.
std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  std::size_t digits = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    number = number * 10 + (text[digits] - '0');
    if (number > largest_number) return std::nullopt;
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return number;
}

}  // namespace

std::optional<Version> Version::parse(std::string_view text) {
  if (!text.empty() && text.front() == 'v') text.remove_prefix(1);
  const auto major = take_number(text);
  if (!major) return std::nullopt;
  const bool has_minor = text.size() > 1 && text.front() == '.' && text[1] >= '0' && text[1] <= '9';
  if (!has_minor) return text.empty() || text.front() == '-' ? std::optional(Version{*major, 0}) : std::nullopt;
  text.remove_prefix(1);
  const auto minor = take_number(text);
  if (!minor) return std::nullopt;
  return Version{*major, *minor};
}

std::string Version::text() const {
  return std::to_string(major) + "." + std::to_string(minor);
}

}  // namespace dotdiag
