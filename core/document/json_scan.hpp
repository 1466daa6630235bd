// The careful JSON reader behind json_reader.hpp: it knows where everything stands, and what to say about a mistake.
#pragma once

#include "core/document/document.hpp"

#include <cstddef>
#include <memory>

namespace dotdiag {

/// The offset of the first character at or behind `from` that is not JSON's white space; the text's size where there is
/// none.
std::size_t skip_json_space(const Source& source, std::size_t from);

enum class Positions { none, all };

/// Reads the one JSON value that starts at byte `from` of `source`, at a character that is not white space. The
/// document's `end` is the offset behind the value. Without positions there is neither `tree` nor notes, which saves
/// most of the memory.
Document scan_json(std::shared_ptr<const Source> source, std::size_t from, Positions positions);

}  // namespace dotdiag
