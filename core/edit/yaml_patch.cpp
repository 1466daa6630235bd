// The file's side of patching: which documents change, and the proof that the others do not.
#include "core/edit/yaml_patch.hpp"

#include "core/document/reader.hpp"
#include "core/edit/text_edit.hpp"
#include "core/edit/yaml_document_patch.hpp"
#include "core/edit/yaml_snippet.hpp"

#include <algorithm>
#include <functional>

namespace dotdiag {
namespace {

/// What the new text must say: a document's value where it was edited, a hash of it where it was not, which spares
/// memory.
struct Expectation {
  bool is_edited = false;
  bool is_unreadable = false;
  Json value;
  std::size_t hash = 0;
};

std::size_t hash_of(const Document& document) {
  return std::hash<std::string>{}(document.root.dump());
}

bool meets(const Document& document, const Expectation& expected) {
  if (document.error.has_value() != expected.is_unreadable) return false;
  if (expected.is_unreadable) return true;
  return expected.is_edited ? same_document(document.root, expected.value) : hash_of(document) == expected.hash;
}

Expectation unchanged(const Document& document) {
  Expectation expected;
  expected.is_unreadable = document.error.has_value();
  if (!expected.is_unreadable) expected.hash = hash_of(document);
  return expected;
}

/// Patches the documents of one file as they are read.
class FilePatcher {
 public:
  FilePatcher(const Source& source, const std::vector<DocumentEdits>& edits) : source_(source), edits_(edits) {}

  void visit(const Document& document) {
    const std::size_t index = expected_.size();
    const auto edits =
        std::find_if(edits_.begin(), edits_.end(), [&](const DocumentEdits& e) { return e.index == index; });
    expected_.push_back(edits == edits_.end() ? unchanged(document) : patch(document, *edits));
  }

  FilePatch finish() {
    for (const DocumentEdits& edits : edits_)
      if (edits.index >= expected_.size())
        refused_.push_back({edits.index, "there is no such document in the file", ""});
    const std::string text = apply_changes(source_.text(), changes_);
    if (changes_.empty() || is_proved(text)) return {text, std::move(refused_)};
    for (FilePatch::Refused& undone : snippets_) {
      undone.refusal = "the edited file would not say what was intended";
      refused_.push_back(std::move(undone));
    }
    return {std::string(source_.text()), std::move(refused_)};
  }

 private:
  Expectation patch(const Document& document, const DocumentEdits& edits) {
    DocumentPatch patch = patch_document(document, edits.edits);
    std::string snippet = write_snippet(document, edits.edits);
    if (!patch.refusal.empty()) {
      refused_.push_back({edits.index, std::move(patch.refusal), std::move(snippet)});
      return unchanged(document);
    }
    snippets_.push_back({edits.index, "", std::move(snippet)});
    changes_.push_back({patch.begin, patch.end, std::move(patch.text)});
    return {true, false, std::move(patch.expected), 0};
  }

  bool is_proved(const std::string& text) const {
    std::size_t count = 0;
    bool all = true;
    const auto source = std::make_shared<const Source>(source_.name(), text);
    read_documents(source, [&](const Document& document) {
      all = all && count < expected_.size() && meets(document, expected_[count]);
      ++count;
    });
    return all && count == expected_.size();
  }

  const Source& source_;
  const std::vector<DocumentEdits>& edits_;
  std::vector<Expectation> expected_;
  TextChanges changes_;
  std::vector<FilePatch::Refused> refused_;
  std::vector<FilePatch::Refused> snippets_;  ///< of the documents that were patched, in case the file's proof fails
};

}  // namespace

FilePatch patch_file(const std::shared_ptr<const Source>& source, const std::vector<DocumentEdits>& edits) {
  FilePatcher patcher(*source, edits);
  read_documents(source, [&](const Document& document) { patcher.visit(document); });
  return patcher.finish();
}

TextPatch patch_text(const std::shared_ptr<const Source>& source, std::size_t index, const Edits& edits) {
  FilePatch patch = patch_file(source, {{index, edits}});
  if (patch.refused.empty()) return {std::move(patch.text), "", ""};
  return {"", std::move(patch.refused.front().refusal), std::move(patch.refused.front().snippet)};
}

}  // namespace dotdiag
