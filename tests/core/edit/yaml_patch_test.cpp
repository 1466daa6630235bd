// Each folder in testdata/yaml-patch is one behaviour: before.yaml, patch.json, and after.yaml or refusal.txt.
#include "core/edit/yaml_patch.hpp"

#include "core/document/json_reader.hpp"
#include "core/document/reader.hpp"
#include "tests/support/line_breaks.hpp"
#include "tests/support/places.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

using namespace dotdiag;

namespace {

namespace fs = std::filesystem;

struct Example {
  std::string name;
  std::string before;
  std::vector<DocumentEdits> edits;
  std::string after;
  std::string refusal;
};

std::string text_of(const fs::path& path) {
  return fs::exists(path) ? read_bytes(path.string()) : std::string();
}

/// RFC 6902, where `document` says which of several documents an operation is for.
std::vector<DocumentEdits> edits_of(const Json& patch) {
  std::map<std::size_t, Edits> by_document;
  for (const Json& operation : patch) {
    const std::string op = operation.at("op");
    const Operation kind = op == "add" ? Operation::add : op == "replace" ? Operation::replace : Operation::remove;
    const Pointer path = Pointer::parse(operation.at("path").get<std::string>());
    by_document[operation.value("document", 0U)].push_back({path, operation.value("value", Json()), kind});
  }
  std::vector<DocumentEdits> edits;
  for (const auto& [index, list] : by_document)
    edits.push_back({index, list});
  return edits;
}

Example read_example(const fs::path& folder) {
  Example example;
  example.name = folder.filename().string();
  const std::string extension = fs::exists(folder / "before.json") ? ".json" : ".yaml";
  example.before = text_of(folder / ("before" + extension));
  example.edits = edits_of(read_json(text_of(folder / "patch.json"), "patch.json"));
  example.after = text_of(folder / ("after" + extension));
  example.refusal = text_of(folder / "refusal.txt");
  return example;
}

std::vector<Example> examples() {
  std::vector<Example> result;
  for (const auto& entry : fs::directory_iterator(test::source_path("testdata/yaml-patch")))
    result.push_back(read_example(entry.path()));
  std::sort(result.begin(), result.end(), [](const Example& a, const Example& b) { return a.name < b.name; });
  return result;
}

std::shared_ptr<const Source> source_of(std::string text) {
  return std::make_shared<const Source>("test.yaml", std::move(text));
}

/// The new text, or the reason for a refusal on a line of its own.
std::string patched(const std::string& text, const std::vector<DocumentEdits>& edits) {
  const FilePatch patch = patch_file(source_of(text), edits);
  return patch.refused.empty() ? patch.text : patch.refused.front().refusal + "\n";
}

std::string patched(const std::string& text, const Edits& edits) {
  return patched(text, {{0, edits}});
}

Edit add(std::string_view path, Json value) {
  return {Pointer::parse(path), std::move(value), Operation::add};
}

}  // namespace

TEST_CASE("each example is patched as its folder says, whatever its line breaks") {
  for (const Example& example : examples()) {
    DYNAMIC_SECTION(example.name) {
      const std::string expected = example.refusal.empty() ? example.after : example.refusal;
      CHECK(patched(example.before, example.edits) == expected);
      if (!example.refusal.empty()) continue;
      CHECK(patched(with_line_breaks(example.before, "\r\n"), example.edits) == with_line_breaks(expected, "\r\n"));
      CHECK(patched(with_line_breaks(example.before, "\r"), example.edits) == with_line_breaks(expected, "\r"));
    }
  }
}

TEST_CASE("the last documents of a file are patched although an earlier one cannot be read") {
  CHECK(patched("a: [1\n---\nb: 1\n", {{1, {add("/c", 2)}}}) == "a: [1\n---\nb: 1\nc: 2\n");
}

TEST_CASE("a refused document does not keep the others from being patched") {
  const auto source = source_of("a: &x {}\nb: *x\n---\nc: 1\n");
  const FilePatch patch = patch_file(source, {{0, {add("/b/d", 1)}}, {1, {add("/d", 2)}}});
  CHECK(patch.text == "a: &x {}\nb: *x\n---\nc: 1\nd: 2\n");
  REQUIRE(patch.refused.size() == 1);
  CHECK(patch.refused[0].index == 0);
}

TEST_CASE("a document that begins with a byte order mark of its own is refused") {
  const std::string mark = "\xEF\xBB\xBF";
  CHECK(patched("{}" + mark + "{}e", {{1, {add("/b", 2)}}}) == "the document cannot be read\n");
  CHECK(patched(mark + "a: 1\n", {{0, {add("/b", 2)}}}) == "a: 1\nb: 2\n");
  CHECK(patched(mark + mark + "a: 1\n", {{0, {add("/b", 2)}}}) == mark + "a: 1\nb: 2\n");
}

TEST_CASE("edits of a document that the file does not have are refused") {
  const TextPatch patch = patch_text(source_of("a: 1\n"), 1, {add("/b", 2)});
  CHECK(patch.text.empty());
  CHECK(patch.refusal == "there is no such document in the file");
}

TEST_CASE("without edits the text stays as it is") {
  CHECK(patched("a:   1 # x", Edits{}) == "a:   1 # x");
}

TEST_CASE("a refusal comes with the edits as YAML and the places they belong to") {
  const std::string text = "# head\nspec: &s\n- name: app\n  labels: {}\nother: *s\n";
  const Json env = Json::array({Json::object({{"name", "A"}, {"value", "1"}})});
  const Edit gone{Pointer::parse("/spec/0/name"), nullptr, Operation::remove};
  const Edit instead{Pointer::parse("/spec/0"), "x", Operation::replace};
  const TextPatch patch = patch_text(source_of(text), 0,
                                     {add("/spec/0/env", env), add("/spec/0/tty", true), add("/spec/-", "new"),
                                      add("/spec/0/labels/example.com~1a", "b"), gone, instead, add("/kind", "Pod")});
  CHECK(patch.snippet ==
        "# under spec[0] (line 3)\n"
        "env:\n"
        "- name: A\n"
        "  value: \"1\"\n"
        "tty: true\n"
        "# under spec (line 2)\n"
        "- new\n"
        "# under spec[0].labels (line 4)\n"
        "example.com/a: b\n"
        "# remove spec[0].name (line 3)\n"
        "# in place of spec[0] (line 3)\n"
        "- x\n"
        "# at the top level\n"
        "kind: Pod\n");
}

TEST_CASE("text goes back in the encoding and with the byte order mark it came in") {
  using namespace std::string_literals;
  const std::string inputs[] = {"a: \xC3\xA9\n",
                                "\xEF\xBB\xBF"
                                "a: 1\r\n",
                                "\xFF\xFE"
                                "a\0:\0 \0=\xD8\x00\xDE\n\0"s,
                                "\xFE\xFF\0a\0:\0 \0\xE9\0\n"s};
  for (const std::string& bytes : inputs) {
    const Source source("x", bytes);
    CHECK(encode_like(source, source.text()) == bytes);
  }
}

TEST_CASE("a byte order mark does not count for what is patched") {
  const auto source = source_of(
      "\xEF\xBB\xBF"
      "a: 1\n");
  CHECK(encode_like(*source, patch_text(source, 0, {add("/b", 2)}).text) ==
        "\xEF\xBB\xBF"
        "a: 1\nb: 2\n");
}

TEST_CASE("a long list with edits in every item, and a long mapping, take no quadratic time") {
  std::string text = "kind: List\nitems:\n";
  Edits edits;
  for (std::size_t i = 0; i < 3000; ++i) {
    text += "- kind: Pod\n  spec:\n    containers:\n    - name: app\n      env: []\n";
    const Pointer spec = Pointer() / "items" / i / "spec";
    for (int j = 0; j < 3; ++j)
      edits.push_back({spec / "containers" / 0 / "env" / "-", j, Operation::add});
    edits.push_back({spec / "shareProcessNamespace", true, Operation::add});
  }
  CHECK(patch_text(source_of(text), 0, edits).refusal.empty());
  std::string mapping;
  for (std::size_t i = 0; i < 50000; ++i)
    mapping += "key" + std::to_string(i) + ": value # why\n";
  CHECK(patched(mapping, Edits{add("/new", 1), add("/key7", "x")}).ends_with("\nnew: 1\n"));
}
