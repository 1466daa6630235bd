// Turns places in a text into lines and columns, and into the excerpt to show.
#pragma once

#include "core/document/document.hpp"
#include "linter/finding.hpp"

#include <vector>

namespace dotdiag {

/// The characters to underline for `pointer`: a scalar with its key, else the key, else the start of the item. On one
/// line.
Span span_of(const Document& document, const Pointer& pointer);

/// The character at `position`; nothing for line 0.
std::optional<Span> span_at(const Source& source, Position position);

/// Sorts `findings` by where they begin, and gives each its file, positions and excerpt. Linear in the text (one
/// sweep), also where all of it is a single line.
void place(const Source& source, std::vector<Finding>& findings);

}  // namespace dotdiag
