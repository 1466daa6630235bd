#include "core/document/yaml_text.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr auto npos_view = std::string_view::npos;

bool is_one_of(char c, std::string_view set) {
  return set.find(c) != npos_view;
}

/// The length of the line break at `offset`; 0 where there is none. libyaml also breaks lines at NEL, LS and PS.
std::size_t break_length(std::string_view text, std::size_t offset) {
  const std::string_view rest = text.substr(offset, 3);
  if (rest.starts_with("\r\n")) return 2;
  if (rest.starts_with('\r') || rest.starts_with('\n')) return 1;
  if (rest.starts_with("\xC2\x85")) return 2;
  return rest == "\xE2\x80\xA8" || rest == "\xE2\x80\xA9" ? 3 : 0;
}

std::size_t skip_comment(std::string_view text, std::size_t offset) {
  while (offset < text.size() && break_length(text, offset) == 0)
    ++offset;
  return offset;
}

/// The offset behind the `!tag` or `!<verbatim tag>` at `offset`.
std::size_t skip_tag(std::string_view text, std::size_t offset) {
  if (text.substr(offset).starts_with("!<")) return std::min(text.find('>', offset), text.size() - 1) + 1;
  while (offset < text.size() && !is_one_of(text[offset], " \t,[]{}") && break_length(text, offset) == 0)
    ++offset;
  return offset;
}

/// Where the word at `offset` ends: at a blank, a line break or the end.
std::size_t word_end(std::string_view text, std::size_t offset) {
  while (offset < text.size() && !is_one_of(text[offset], " \t") && break_length(text, offset) == 0)
    ++offset;
  return offset;
}

/// Where `text` ends without the blanks and line breaks at its end.
std::size_t written_end(std::string_view text) {
  for (;;) {
    text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
    const bool is_nel = text.ends_with("\xC2\x85");
    const bool is_separator = text.ends_with("\xE2\x80\xA8") || text.ends_with("\xE2\x80\xA9");
    if (!is_nel && !is_separator) return text.size();
    text.remove_suffix(is_nel ? 2 : 3);
  }
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t") == npos_view;
}

}  // namespace

std::size_t skip_yaml_space(std::string_view text, std::size_t offset) {
  while (offset < text.size()) {
    if (is_one_of(text[offset], " \t")) {
      ++offset;
    } else if (text[offset] == '#') {
      offset = skip_comment(text, offset);
    } else {
      const std::size_t length = break_length(text, offset);
      if (length == 0) return offset;
      offset += length;
    }
  }
  return offset;
}

Properties skip_properties(std::string_view text, const YamlEvent& event) {
  Properties found{false, event.begin};
  bool may_be_anchor = !event.anchor.empty();
  while (found.end < text.size() && found.end < std::max(event.end, event.begin + 1)) {
    const bool is_anchor = text[found.end] == '&' && may_be_anchor;
    const bool is_tag = text[found.end] == '!' && !found.has_tag;
    if (!is_anchor && !is_tag) break;
    if (is_anchor) may_be_anchor = false;
    if (is_tag) found.has_tag = true;
    // An anchor ends with its name: libyaml reads `&a:b` as the value `:b` with the anchor `a`.
    found.end = skip_yaml_space(text, is_tag ? skip_tag(text, found.end) : found.end + 1 + event.anchor.size());
  }
  return found;
}

std::size_t block_scalar_end(std::string_view text, const YamlEvent& event, std::size_t begin) {
  if (text.substr(begin, word_end(text, begin) - begin).find('+') != npos_view) return event.end;
  // A last line of nothing but spaces looks empty and is not.
  const std::string_view value = event.value.substr(0, event.value.size() - (event.value.ends_with('\n') ? 1 : 0));
  const std::size_t last_line = value.rfind('\n') + 1;
  if (last_line < value.size() && is_blank(value.substr(last_line))) return event.end;
  const std::size_t written = written_end(text.substr(0, event.end));
  const std::size_t line_end = std::min(text.find_first_not_of(" \t", written), text.size());
  return line_end + break_length(text, line_end);
}

}  // namespace dotdiag
