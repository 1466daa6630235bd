// Where the parts of a member or an item in block style are written.
#pragma once

#include "core/document/document.hpp"

#include <cstddef>
#include <string_view>

namespace dotdiag {

struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// True for a literal (`|`) or folded (`>`) scalar.
bool is_block_scalar(const Node& node);

/// The end of a value without the line breaks that a block scalar at its end takes along.
std::size_t value_end(std::string_view text, const Node& node);

/// The indicators at the beginning of a block scalar: `|`, `>-`, `|2+`.
TextRange block_header(std::string_view text, const Node& scalar);

/// Behind the colon of a member or the dash of an item; npos where there is none.
std::size_t behind_key(std::string_view text, const Entry& entry, bool is_item);

/// The end of a member or an item, also of one without a value; npos where that is not understood.
std::size_t entry_end(std::string_view text, const Entry& entry, bool is_item);

}  // namespace dotdiag
