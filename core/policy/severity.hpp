// How bad a thing is.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace dotdiag {

enum class Severity { note, warning, error };

/// In the order of their values.
inline constexpr std::array<std::string_view, 3> severity_names = {"note", "warning", "error"};

constexpr std::string_view severity_name(Severity severity) {
  return severity_names[static_cast<std::size_t>(severity)];
}

constexpr bool is_severity(std::string_view name) {
  return std::find(severity_names.begin(), severity_names.end(), name) != severity_names.end();
}

/// The severity of that name; what is none is an error.
constexpr Severity severity_named(std::string_view name) {
  const auto found = std::find(severity_names.begin(), severity_names.end() - 1, name);
  return static_cast<Severity>(found - severity_names.begin());
}

}  // namespace dotdiag
