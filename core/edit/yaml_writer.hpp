// Writes JSON values as YAML or JSON text, as a person would have typed them into the file at hand.
#pragma once

#include "core/document/json.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace dotdiag {

/// How block style is laid out in a file.
struct BlockLayout {
  std::size_t step = 2;         ///< columns from a mapping to a mapping inside it
  std::size_t list_offset = 2;  ///< columns from a key to the dashes of its list: 0 in the unindented style
  std::size_t dash_gap = 1;     ///< spaces between a dash and its item
  bool literals = true;         ///< false: no `|`, whose value would change where a file ends without a line break
  std::string line_break = "\n";
};

/// How flow style (and JSON) is laid out in a file.
struct FlowLayout {
  bool is_json = false;  ///< every string in double quotes
  std::string comma = ", ";
  std::string colon = ": ";
  std::string indent;  ///< one level of pretty-printed JSON; empty: everything on one line
  std::string line_break = "\n";
};

/// True where `value` takes lines of its own in block style: an object or an array that is not empty.
bool is_block(const Json& value);

/// The lines of `value`, for which is_block must be true, at `column`. The first line is not indented, because it may
/// go behind a dash; the last one has its line break.
std::string write_block(const Json& value, std::size_t column, const BlockLayout& layout);

/// A scalar (or an empty collection) on one line, quoted only where it must be.
std::string write_inline(const Json& value);

/// `key:` with its value, a member of a mapping at `column`; laid out as write_block does.
std::string write_member(std::string_view key, const Json& value, std::size_t column, const BlockLayout& layout);

/// `-` with its value, an item of a list at `column`; laid out as write_block does.
std::string write_item(const Json& value, std::size_t column, const BlockLayout& layout);

/// `value` in flow style. Where layout.indent is set, lines after the first start with `base` and as many indents as
/// they need.
std::string write_flow(const Json& value, const FlowLayout& layout, const std::string& base = {});

/// A member's key and value in flow style; `base` as in write_flow.
std::string write_flow_member(std::string_view key, const Json& value, const FlowLayout& layout,
                              const std::string& base = {});

}  // namespace dotdiag
