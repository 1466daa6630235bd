// Edits as YAML for a person to paste.
#pragma once

#include "core/document/document.hpp"
#include "core/edit/edit.hpp"

#include <string>

namespace dotdiag {

/// The values of `edits`, each below a comment that says where in `document` it belongs:
/// `# under spec.template.spec.containers[0] (line 12)`. Lines are left out where the document could not be read.
std::string write_snippet(const Document& document, const Edits& edits);

}  // namespace dotdiag
