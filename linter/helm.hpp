// Recognises Helm templates that were not rendered: they look like YAML that is broken.
#pragma once

#include "core/document/document.hpp"

#include <string_view>

namespace dotdiag {

/// Where the first template action of `text` begins; npos where it has none.
std::size_t find_template_action(std::string_view text);

/// True where `document`, which could not be read, fails at a template action: on the line of its error, or on a line
/// up to there that starts with `{{`.
bool fails_at_template_action(const Document& document);

}  // namespace dotdiag
