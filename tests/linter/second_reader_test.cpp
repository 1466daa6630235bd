// The second opinion on a fix: it agrees where the first reader is right, and stops faults of writer and reader,
// whatever they have in common.
#include "linter/second_reader.hpp"
#include "core/document/reader.hpp"
#include "core/policy/policy.hpp"
#include "linter/fix.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace dotdiag::test {
namespace {

using Verdict = SecondReading::Verdict;

constexpr const char* manifest =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  template:\n    spec:\n"
    "      containers:\n        - name: app\n          image: acme/web:1\n          env:\n            - name: A\n"
    "              value: \"on\"\n";

std::shared_ptr<const Source> source_of(std::string text) {
  return std::make_shared<const Source>("web.yaml", std::move(text));
}

Verdict verdict_on(const std::string& text) {
  const std::vector<Document> documents = read_documents(source_of(text));
  REQUIRE(documents.size() == 1);
  REQUIRE_FALSE(documents[0].error);
  return read_by_another(text, documents[0].root, documents[0].is_json).verdict;
}

struct Outcome {
  std::string text;
  std::size_t mended = 0;
  std::size_t by_one = 0;
  std::string refusal;
};

/// What becomes of the manifest where `patch` writes and `misread` is what the first reader makes of it.
Outcome fix(
    const std::string& text, const Rewrite::Patch& patch,
    const std::function<void(Json& root)>& misread = [](Json&) {}) {
  const auto source = source_of(text);
  Rewrite rewrite(source, patch);
  Summary summary;
  Outcome outcome;
  read_documents(source, [&](Document document) {
    misread(document.root);
    LintedDocument linted = lint_document(document, {}, summary);
    rewrite.fix(document, linted);
    for (const JudgedWorkload& workload : linted.workloads)
      for (const Finding& finding : workload.findings)
        if (finding.rule == "fix-refused") outcome.refusal = finding.message;
  });
  outcome.text = rewrite.text();
  outcome.mended = rewrite.mended().size();
  outcome.by_one = rewrite.proved_by_one();
  return outcome;
}

/// A writer that puts `after` where `before` should be, and a reader behind it that does not notice.
Rewrite::Patch faulty_writer(std::string before, std::string after) {
  return [=](const std::shared_ptr<const Source>& source, std::size_t index, const Edits& edits) {
    TextPatch patch = patch_text(source, index, edits);
    const std::size_t at = patch.text.find(before);
    REQUIRE(at != std::string::npos);
    patch.text.replace(at, before.size(), after);
    return patch;
  };
}

}  // namespace

TEST_CASE("a fix that both readers understand alike is made") {
  const Outcome outcome = fix(manifest, patch_text);
  CHECK(outcome.mended > 0);
  CHECK(outcome.by_one == 0);
  CHECK(outcome.refusal.empty());
}

TEST_CASE("a fault of the writer that its own reader does not see is stopped") {
  const std::pair<const char*, const char*> faults[] = {
      {"value: \"1\"", "value: 1"},                                        // a string becomes a number
      {"shareProcessNamespace: true", "shareProcessNamespace: \"true\""},  // a boolean becomes a string
      {"replicas: 2", "replicas: 3"},                                      // something else is changed
      {"        - name: app\n", "        - name: app\n        - name: more\n"},
      {"\"on\"", "on"},
      {"kind: Deployment\n", "kind: Deployment\n---\n"},
  };
  for (const auto& [before, after] : faults) {
    CAPTURE(before, after);
    const Outcome outcome = fix(manifest, faulty_writer(before, after));
    CHECK(outcome.mended == 0);
    CHECK(outcome.text == manifest);
    CHECK(outcome.refusal.find("a second reader of YAML") != std::string::npos);
  }
}

TEST_CASE("a fault of the reader is stopped, although what it wrote reads back as it meant") {
  const std::function<void(Json&)> faults[] = {
      [](Json& root) { root["spec"]["replicas"] = "2"; },      // a number read as a string
      [](Json& root) { root["spec"]["replicas"] = nullptr; },  // a value not seen
      [](Json& root) { root["metadata"]["name"] = "we"; },     // a letter lost
      [](Json& root) { root["spec"]["template"]["spec"]["containers"][0]["env"][0]["value"] = true; },
  };
  // It was blind to the fault before, so it is again: what it proves with is not asked.
  const Rewrite::Patch unproved = [](const std::shared_ptr<const Source>& source, std::size_t index,
                                     const Edits& edits) { return patch_text(source, index, edits); };
  for (const auto& fault : faults) {
    const Outcome outcome = fix(manifest, unproved, fault);
    CHECK(outcome.mended == 0);
    CHECK(outcome.text == manifest);
    CHECK(outcome.refusal.find("a second reader of YAML") != std::string::npos);
  }
}

TEST_CASE("where the second reader knows the text no better, the first one decides, and it is counted") {
  std::string old_mac = manifest;
  std::replace(old_mac.begin(), old_mac.end(), '\n', '\r');
  const Outcome outcome = fix(old_mac, patch_text);
  CHECK(outcome.mended > 0);
  CHECK(outcome.by_one == outcome.mended);
}

TEST_CASE("a result that only the first reader can read is refused where both could read the text before") {
  const Outcome outcome = fix(manifest, faulty_writer("kind: Deployment\n", "kind: Deployment\n\tx: [\n"));
  CHECK(outcome.mended == 0);
  CHECK(outcome.refusal.find("cannot read the result") != std::string::npos);
}

TEST_CASE("both readers agree on what manifests hold") {
  for (const std::string text : {
           "a: yes\nb: 'yes'\nc: ~\nd:\ne: 0x1F\nf: 010\ng: 1e3\nh: -.5\ni: 1_000\nj: 08\nk: 0o17\n",
           "a: 2001-01-01\nb: 1:30\nc: 1.2.3\nd: 500Mi\nf: .\ng: 1e999\n",
           "on: 1\n'off': 2\n3: x\n",
           "base: &b {a: 1, c: [1, 2]}\nx:\n  <<: *b\n  c: 3\ny: *b\nz:\n  <<: [*b, {d: 4}]\n",
           "text: |\n  one\n  two\nfolded: >-\n  one\n  two\nkept: |+\n  one\n\nlast: \"a\\u00e9\\n\"\n",
           "%YAML 1.2\n---\na: 1\n...\n",
           "# c\n---\n# d\na: {b: [], c: {}}\n",
           "a: !!str 1\nb: !!int '2'\n",
           "a: 1\r\nb:\r\n  - x\r\n",
           "a: b\na: c\n",
           "{\"a\": [1, 2.5, \"x\\/\\ud83d\\ude00\"], \"b\": null}\n",
           "{\n\t\"a\": 1\n}\n",
       }) {
    CAPTURE(text);
    CHECK(verdict_on(text) == Verdict::agrees);
  }
}

}  // namespace dotdiag::test
