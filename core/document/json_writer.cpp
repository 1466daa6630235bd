// nlohmann's own writer decodes every character to see whether it must be escaped. Whatever is UTF-8 goes through as it
// is: only quotes, backslashes and control characters are replaced, and what lies between them is copied in one piece.
#include "core/document/json_writer.hpp"

#include <cstddef>

namespace dotdiag {
namespace {

bool is_escaped(char character) {
  return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

void append_escape(std::string& out, char character) {
  constexpr std::string_view named = "\"\\\b\f\n\r\t";
  constexpr std::string_view letters = "\"\\bfnrt";
  constexpr std::string_view digits = "0123456789abcdef";
  out += '\\';
  if (const auto at = named.find(character); at != std::string_view::npos) {
    out += letters[at];
    return;
  }
  const auto code = static_cast<unsigned char>(character);
  out += "u00";
  out += digits[code >> 4U];
  out += digits[code & 0xFU];
}

void append_object(std::string& out, const Json::object_t& members) {
  char before = '{';
  for (const auto& [key, value] : members) {
    out += before;
    append_quoted(out, key);
    out += ':';
    append_json(out, value);
    before = ',';
  }
  out += members.empty() ? "{}" : "}";
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  std::size_t written = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_escaped(text[at])) continue;
    out += text.substr(written, at - written);
    append_escape(out, text[at]);
    written = at + 1;
  }
  out += text.substr(written);
  out += '"';
}

void append_json(std::string& out, const Json& value) {
  if (value.is_object()) return append_object(out, value.get_ref<const Json::object_t&>());
  if (value.is_array()) {
    const auto& items = value.get_ref<const Json::array_t&>();
    return append_array(out, items, [&](const Json& item) { append_json(out, item); });
  }
  if (value.is_string()) return append_quoted(out, value.get_ref<const Json::string_t&>());
  out += value.dump();
}

std::string write_json(const Json& value) {
  std::string text;
  append_json(text, value);
  return text;
}

}  // namespace dotdiag
