#include "core/diagnostics/json_text.hpp"

#include <array>
#include <cstdio>

namespace dotdiag::diagnostics {

std::string json_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      quoted += '\\';
      quoted += character;
    } else if (byte < 0x20 || byte == 0x7F) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", byte);
      quoted += escape.data();
    } else {
      quoted += character;
    }
  }
  return quoted + '"';
}

}  // namespace dotdiag::diagnostics
