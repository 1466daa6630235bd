// Versions as Kubernetes and .NET write them, as far as behaviour depends on them: major and minor.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

struct Version {
  int major = 0;
  int minor = 0;
  auto operator<=>(const Version&) const = default;

  /// `1.28`, `v1.28.3`, `8`, `8.0-alpine`: what follows the second number does not count. Nothing for other texts, and
  /// for numbers above 9999.
  static std::optional<Version> parse(std::string_view text);
  /// `8.0`.
  std::string text() const;
};

}  // namespace dotdiag
