// Broken and odd texts: patch_text answers, whatever it is given.
#include "core/document/reader.hpp"
#include "core/edit/yaml_patch.hpp"
#include "tests/support/random_edits.hpp"
#include "tests/support/yaml_text_generator.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

constexpr unsigned first_mutation = 4711;
constexpr unsigned rounds = 6000;

/// Characters that mean something to YAML, and words that do.
constexpr std::array<std::string_view, 40> bits = {" ",
                                                   "  ",
                                                   "\n",
                                                   "\r\n",
                                                   "\r",
                                                   "\t",
                                                   ":",
                                                   ": ",
                                                   "-",
                                                   "- ",
                                                   "? ",
                                                   ",",
                                                   "[",
                                                   "]",
                                                   "{",
                                                   "}",
                                                   "#",
                                                   " # x",
                                                   "&a ",
                                                   "*a",
                                                   "!!str ",
                                                   "!t ",
                                                   "|",
                                                   ">",
                                                   "|+\n",
                                                   "|-",
                                                   "'",
                                                   "\"",
                                                   "\\",
                                                   "---\n",
                                                   "...\n",
                                                   "<<: *a\n",
                                                   "%TAG ! x\n",
                                                   "~",
                                                   "null",
                                                   "\xC2\x85",
                                                   "\xE2\x80\xA8",
                                                   "\xEF\xBB\xBF",
                                                   "[]",
                                                   "{}"};

std::string mutated(YamlTextGenerator& generator, std::string text) {
  for (std::size_t count = 1 + generator.below(6); count > 0 && !text.empty(); --count) {
    const std::size_t at = generator.below(text.size());
    const std::size_t kind = generator.below(4);
    if (kind == 0) text.erase(at, 1 + generator.below(8));
    if (kind == 1) text.insert(at, generator.pick(bits));
    if (kind == 2) text.replace(at, 1, generator.pick(bits));
    if (kind == 3) text.insert(at, text.substr(generator.below(text.size()), generator.below(30)));
  }
  return text;
}

/// Nothing where the mutation broke the encoding, which no reader accepts.
std::shared_ptr<const Source> source_if_encoded(std::string text) {
  try {
    return std::make_shared<const Source>("fuzz.yaml", std::move(text));
  } catch (const InputError&) {
    return nullptr;
  }
}

/// Edits that fit what was read, and some that do not.
Edits edits_for(YamlTextGenerator& generator, Json root) {
  Edits edits;
  if (root.is_structured()) edits = random_edits(generator, root);
  if (edits.empty() || generator.chance(10)) edits.push_back({Pointer::parse("/a/0/b"), 1, Operation::add});
  for (Edit& edit : edits)
    if (generator.chance(20)) edit.operation = generator.chance(50) ? Operation::replace : Operation::remove;
  return edits;
}

}  // namespace

TEST_CASE("mutated texts are patched or refused, and never more than that") {
  std::size_t patched = 0;
  for (unsigned seed = first_mutation; seed < first_mutation + rounds; ++seed) {
    YamlTextGenerator generator(seed);
    const std::string text = mutated(generator, generator.file({generator.object(3), generator.object(2)}));
    const auto source = source_if_encoded(text);
    if (source == nullptr) continue;
    const std::vector<Document> documents = read_documents(source);
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const Edits edits = edits_for(generator, documents[i].root);
      INFO("seed " << seed << "\n" << text);
      const TextPatch patch = patch_text(source, i, edits);
      REQUIRE(patch.text.empty() != patch.refusal.empty());
      patched += patch.refusal.empty() ? 1 : 0;
    }
  }
  CHECK(patched > rounds / 4);
}

TEST_CASE("deep nesting is patched or refused") {
  for (const std::string opener : {"[", "{a: ", "- ", "a:\n"}) {
    std::string text;
    std::string indent;
    Pointer path;
    for (std::size_t depth = 0; depth < 900; ++depth, indent += " ") {
      text += (opener.back() == '\n' ? indent : "") + opener;
      path = opener == "[" || opener == "- " ? path / 0 : path / std::string_view("a");
    }
    text += "x\n";
    const TextPatch patch = patch_text(source_if_encoded(text), 0, {{path, "y", Operation::replace}});
    CHECK(patch.text.empty() != patch.refusal.empty());
  }
}
