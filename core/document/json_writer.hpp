// Writes JSON in one line: the bytes that Json::dump() writes, in a fraction of its time.
#pragma once

#include "core/document/json.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace dotdiag {

/// Appends `text` as a JSON string (RFC 8259 section 7), quotes included. It must be UTF-8, as all readers see to.
void append_quoted(std::string& out, std::string_view text);

/// Appends `value`, without white space. Linear; as deep as the value is, which the readers bound.
void append_json(std::string& out, const Json& value);

std::string write_json(const Json& value);

/// Appends an array of whatever `append_item` appends for each of `items`.
template <typename Items, typename AppendItem>
void append_array(std::string& out, const Items& items, AppendItem append_item) {
  out += '[';
  bool is_first = true;
  for (const auto& item : items) {
    if (!std::exchange(is_first, false)) out += ',';
    append_item(item);
  }
  out += ']';
}

}  // namespace dotdiag
