// Writes edits into the text of one document, and proves that nothing else changed.
#pragma once

#include "core/document/document.hpp"
#include "core/edit/edit.hpp"

#include <string>

namespace dotdiag {

/// The part of a file that is one document, as it was and as it is to be.
struct DocumentPatch {
  std::size_t begin = 0;  ///< the document's part of the old text
  std::size_t end = 0;
  std::string text;     ///< what stands there instead
  Json expected;        ///< what that text was proved to say
  std::string refusal;  ///< not empty: why the document is left alone
};

/// Writes `edits` into the text of `document`. Costs a reading of the document for each edit that needs to see the one
/// before it; edits of different items of a `kind: List` do not.
DocumentPatch patch_document(const Document& document, const Edits& edits);

}  // namespace dotdiag
