// The comments of a document, so that none gets lost.
#pragma once

#include "core/document/document.hpp"

#include <string_view>
#include <vector>

namespace dotdiag {

/// The text of every comment of `document` in order, from its `#` to the last visible character of the line. The
/// document must have been read without error: what is a comment is settled by where its values are written, so `#`
/// inside a quoted or a block scalar is none.
std::vector<std::string_view> comments_of(const Document& document);

}  // namespace dotdiag
