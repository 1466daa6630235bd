// How a document is laid out, so that what is added looks like what was there.
#pragma once

#include "core/document/document.hpp"
#include "core/edit/yaml_writer.hpp"

namespace dotdiag {

/// A document's habits.
struct Layout {
  BlockLayout block;
  std::string json_indent;  ///< one level of a pretty-printed JSON document; empty in any other
};

/// The prevailing habits of `document`; two spaces and indented lists where it shows none.
Layout layout_of(const Document& document);

/// The column of the keys or dashes of `node`, a block collection.
std::size_t block_column(std::string_view text, const Node& node);

/// The member or item of `node` that is written last (or first) in its own text; nullptr where it has none of its own.
const Entry* last_entry(const Node& node);
const Entry* first_entry(const Node& node);

}  // namespace dotdiag
