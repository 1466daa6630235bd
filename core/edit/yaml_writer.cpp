#include "core/edit/yaml_writer.hpp"

#include "core/document/yaml_scalar.hpp"
#include "core/edit/text_edit.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

namespace dotdiag {
namespace {

constexpr std::string_view flow_indicators = ",[]{}";

std::string spaces(std::size_t count) {
  return std::string(count, ' ');
}

/// Characters that YAML refuses, takes for a line break, or that an editor would not show.
bool needs_escape(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE ||
         c == 0xFFFF;
}

std::string escape(char32_t c) {
  switch (c) {
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    default:
      break;
  }
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "\\u%04x", static_cast<unsigned>(c) & 0xFFFFU);
  return text.data();
}

/// The escapes are those that JSON and YAML share.
std::string double_quoted(std::string_view text) {
  std::string result = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (c == '"' || c == '\\' || needs_escape(c))
      result += escape(c);
    else
      result += text.substr(begin, at - begin);
  }
  return result + '"';
}

bool has_escapes(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (needs_escape(next_code_point(text, at))) return true;
  return false;
}

std::string string_text(std::string_view text, bool in_flow) {
  const bool quote = text == "<<" || needs_quotes(text) || has_escapes(text) ||
                     (in_flow && text.find_first_of(flow_indicators) != std::string_view::npos);
  return quote ? double_quoted(text) : std::string(text);
}

std::string scalar_text(const Json& value, const FlowLayout& layout) {
  if (!value.is_string()) return value.dump();
  const std::string& text = value.get_ref<const std::string&>();
  return layout.is_json ? double_quoted(text) : string_text(text, true);
}

/// True for a line that a literal block shows as it is. The first one also sets the indentation.
bool is_literal_line(std::string_view line, bool is_first) {
  if (line.empty()) return !is_first;
  return line.back() != ' ' && !(is_first && line.front() == ' ') && !has_escapes(line);
}

/// True where `text` reads well as a literal block. What ends in blank lines does not: `|+` would swallow those of the
/// file.
bool suits_literal(std::string_view text) {
  const bool ends_blank = text.size() >= 2 && text.substr(text.size() - 2) == "\n\n";
  if (text.find('\n') == std::string_view::npos || ends_blank) return false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (!is_literal_line(text.substr(begin, end - begin), begin == 0)) return false;
    begin = end + 1;
  }
  return true;
}

std::string literal(std::string_view text, std::size_t column, const BlockLayout& layout) {
  std::string result = (text.back() == '\n' ? "|" : "|-") + layout.line_break;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) result += spaces(column);
    result += std::string(text.substr(begin, end - begin)) + layout.line_break;
    begin = end + 1;
  }
  return result;
}

/// What follows a key's colon or a dash on its line, where that is not a collection; `column` is that of further lines.
std::string scalar_lines(const Json& value, std::size_t column, const BlockLayout& layout) {
  if (layout.literals && value.is_string() && suits_literal(value.get_ref<const std::string&>()))
    return literal(value.get_ref<const std::string&>(), column, layout);
  return write_inline(value) + layout.line_break;
}

/// `parts` between `open` and `close`, on one line or one part a line.
std::string bracketed(char open, char close, const std::vector<std::string>& parts, const FlowLayout& layout,
                      const std::string& base) {
  const bool pretty = !layout.indent.empty() && !parts.empty();
  std::string result(1, open);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) result += pretty ? "," : layout.comma;
    if (pretty) result += layout.line_break + base + layout.indent;
    result += parts[i];
  }
  if (pretty) result += layout.line_break + base;
  return result + close;
}

}  // namespace

bool is_block(const Json& value) {
  return value.is_structured() && !value.empty();
}

std::string write_inline(const Json& value) {
  return value.is_string() ? string_text(value.get_ref<const std::string&>(), false) : value.dump();
}

std::string write_member(std::string_view key, const Json& value, std::size_t column, const BlockLayout& layout) {
  const std::string head = string_text(key, false) + ":";
  if (!is_block(value)) return head + " " + scalar_lines(value, column + layout.step, layout);
  const std::size_t inner = column + (value.is_array() ? layout.list_offset : layout.step);
  return head + layout.line_break + spaces(inner) + write_block(value, inner, layout);
}

std::string write_item(const Json& value, std::size_t column, const BlockLayout& layout) {
  const std::string head = "-" + spaces(layout.dash_gap);
  const std::size_t inner = column + 1 + layout.dash_gap;
  return head + (is_block(value) ? write_block(value, inner, layout) : scalar_lines(value, inner, layout));
}

std::string write_block(const Json& value, std::size_t column, const BlockLayout& layout) {
  std::string result;
  for (const auto& [key, inner] : value.items()) {
    if (!result.empty()) result += spaces(column);
    result += value.is_array() ? write_item(inner, column, layout) : write_member(key, inner, column, layout);
  }
  return result;
}

std::string write_flow_member(std::string_view key, const Json& value, const FlowLayout& layout,
                              const std::string& base) {
  const std::string name = layout.is_json ? double_quoted(key) : string_text(key, true);
  return name + layout.colon + write_flow(value, layout, base);
}

std::string write_flow(const Json& value, const FlowLayout& layout, const std::string& base) {
  if (!value.is_structured()) return scalar_text(value, layout);
  const std::string inner_base = base + layout.indent;
  std::vector<std::string> parts;
  for (const auto& [key, inner] : value.items())
    parts.push_back(value.is_array() ? write_flow(inner, layout, inner_base)
                                     : write_flow_member(key, inner, layout, inner_base));
  return value.is_array() ? bracketed('[', ']', parts, layout, base) : bracketed('{', '}', parts, layout, base);
}

}  // namespace dotdiag
