// How bad a thing is.
#pragma once

#include <cstddef>
#include <string_view>

namespace dotdiag {

enum class Severity { note, warning, error };

/// `note`, `warning`, `error`.
constexpr std::string_view severity_name(Severity severity) {
  constexpr std::string_view names[] = {"note", "warning", "error"};
  return names[static_cast<std::size_t>(severity)];
}

}  // namespace dotdiag
