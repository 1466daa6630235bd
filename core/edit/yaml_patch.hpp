// Writes edits into the text of a YAML or JSON file: comments, layout, quoting and line breaks stay as they are.
#pragma once

#include "core/document/document.hpp"
#include "core/edit/edit.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dotdiag {

/// The outcome of patching one document's text. Exactly one of `text` and `refusal` is not empty.
struct TextPatch {
  std::string text;     ///< the whole file's new text, without a byte order mark
  std::string refusal;  ///< why the text was left alone
  std::string snippet;  ///< with a refusal: the edits as YAML for a person to paste, with the place each belongs to
};

/// Writes `edits` into the text of the document with index `index` in `source` (as read_documents counts).
///
/// Proves itself before it answers: the new text is read again, and the patched document must equal the edits applied
/// to the original one, every other document must be unchanged, and each comment must still be there. What cannot be
/// proved is refused: so is an edit that would reach another object through an alias, a merge or an anchor.
TextPatch patch_text(const std::shared_ptr<const Source>& source, std::size_t index, const Edits& edits);

/// Edits for one document of a file.
struct DocumentEdits {
  std::size_t index = 0;  ///< as read_documents counts
  Edits edits;
};

/// The outcome of patching several documents of one file.
struct FilePatch {
  std::string text;  ///< the whole file's new text; the old one where every document was refused

  struct Refused {
    std::size_t index = 0;
    std::string refusal;
    std::string snippet;
  };
  std::vector<Refused> refused;  ///< the documents that were left alone
};

/// The same as patch_text for several documents at once, each document at most once. The file is read twice however
/// many documents it has, so patching all of them takes linear time. A refused document does not keep the others from
/// being patched.
FilePatch patch_file(const std::shared_ptr<const Source>& source, const std::vector<DocumentEdits>& edits);

/// The bytes to write back for `text`: with the byte order mark and in the encoding `source` came in.
std::string encode_like(const Source& source, std::string_view text);

}  // namespace dotdiag
