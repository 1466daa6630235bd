// What Helm leaves in texts: templates that were not rendered, which look like YAML that is broken, and in those that
// were the names of their templates.
#pragma once

#include "core/document/document.hpp"

#include <string_view>

namespace dotdiag {

/// Where the first template action of `text` begins; npos where it has none.
std::size_t find_template_action(std::string_view text);

/// True where `document`, which could not be read, fails at a template action: on the line of its error, or on a line
/// up to there that starts with `{{`.
bool fails_at_template_action(const Document& document);

/// The template in the `# Source:` line that `helm template` writes into each document: `store/templates/web.yaml`, the
/// first part being the chart's name. Empty where there is none.
std::string_view source_template(const Document& document);

}  // namespace dotdiag
