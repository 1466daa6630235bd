// Any text, with edits that fit one of its documents: patch_text refuses, or its new text says what the edits say and
// leaves the other documents as they were. It proves that itself: here is checked that its proof is never wrong.
//
// The input begins with two bytes that choose the edits.
#include "core/edit/yaml_patch.hpp"

#include "core/document/reader.hpp"
#include "core/edit/json_patch.hpp"
#include "fuzz/property.hpp"
#include "tests/support/random_edits.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dotdiag::fuzz {
namespace {

constexpr std::size_t choosing_bytes = 2;

std::shared_ptr<const Source> source_of(std::string_view bytes) {
  try {
    return std::make_shared<const Source>("input.yaml", std::string(bytes));
  } catch (const InputError&) {
    return nullptr;
  }
}

/// Edits, and the document with them made.
struct Trial {
  Edits edits;
  Json expected;
};

Trial trial_for(YamlTextGenerator& generator, const Document& document) {
  Trial trial{{}, document.root};
  if (!trial.expected.is_structured()) return trial;
  trial.edits = random_edits(generator, trial.expected);
  return trial;
}

bool unchanged(const Document& before, const Document& after) {
  if (before.error || after.error) return before.error.has_value() == after.error.has_value();
  return same_document(before.root, after.root);
}

void check_text(const std::vector<Document>& before, std::size_t index, const Trial& trial, const std::string& text) {
  const auto source = source_of(text);
  require(source != nullptr, "the new text is UTF-8", text);
  const std::vector<Document> after = read_documents(source);
  require(after.size() == before.size(), "the new text has as many documents", text);
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (i != index) require(unchanged(before[i], after[i]), "another document is as it was", text);
  }
  require(!after[index].error, "the new text can be read", text);
  require(same_document(after[index].root, trial.expected), "the new text says what the edits say",
          write_json_patch(trial.edits) + "\n" + text);
}

}  // namespace

void check(std::string_view input) {
  if (input.size() < choosing_bytes) return;
  const auto choice =
      static_cast<unsigned>(static_cast<unsigned char>(input[0]) * 256U + static_cast<unsigned char>(input[1]));
  const auto source = source_of(input.substr(choosing_bytes));
  if (source == nullptr) return;
  const std::vector<Document> documents = read_documents(source);
  if (documents.empty()) return;
  const std::size_t index = choice % documents.size();
  if (documents[index].error) return;
  YamlTextGenerator generator(choice);
  const Trial trial = trial_for(generator, documents[index]);
  if (trial.edits.empty()) return;
  const TextPatch patch = patch_text(source, index, trial.edits);
  require(patch.text.empty() != patch.refusal.empty(), "it answers with a text or with a refusal");
  require(patch.refusal.empty() == patch.snippet.empty(), "a refusal comes with a snippet", patch.refusal);
  if (patch.refusal.empty()) check_text(documents, index, trial, patch.text);
}

}  // namespace dotdiag::fuzz
