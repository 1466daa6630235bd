#include "linter/report/xml.hpp"

#include "core/document/utf.hpp"

namespace dotdiag {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

std::string_view reference_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    case '\t':
      return "&#9;";
    default:
      return static_cast<unsigned char>(c) < ' ' || c == 0x7f ? replacement : std::string_view{};
  }
}

/// U+FFFE and U+FFFF are characters of UTF-8, but not of XML.
bool is_no_character(std::string_view text) {
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string result;
  for (std::size_t at = 0; at < valid.size(); ++at) {
    if (is_no_character(std::string_view(valid).substr(at))) {
      result += replacement;
      at += 2;
    } else if (const std::string_view reference = reference_of(valid[at]); !reference.empty()) {
      result += reference;
    } else {
      result += valid[at];
    }
  }
  return result;
}

}  // namespace dotdiag
