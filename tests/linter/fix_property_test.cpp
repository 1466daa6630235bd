// Random workloads, written as YAML in random ways: --fix keeps every comment, and leaves nothing that it could have
// fixed.
#include "core/document/reader.hpp"
#include "linter/fix.hpp"
#include "linter/lint.hpp"
#include "tests/support/pod_generator.hpp"
#include "tests/support/yaml_text_generator.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

constexpr unsigned first_seed = 71;
constexpr unsigned texts = 1000;

struct Outcome {
  std::string text;
  std::size_t fixable = 0;   ///< before
  std::size_t foretold = 0;  ///< of these, what linting alone calls fixable
  std::size_t mended = 0;
  std::size_t refused = 0;  ///< documents
  Summary summary;
};

std::size_t fixable_in(const LintedDocument& linted) {
  std::size_t count = 0;
  for (const JudgedWorkload& workload : linted.workloads)
    for (const Finding& finding : workload.findings)
      count += finding.fixable;
  return count;
}

bool is_refused(const LintedDocument& linted) {
  for (const JudgedWorkload& workload : linted.workloads)
    for (const Finding& finding : workload.findings)
      if (finding.rule == "fix-refused") return true;
  return false;
}

Outcome fix(const std::string& text, bool unsafe) {
  LintSettings settings;
  settings.unsafe_fixes = unsafe;
  Outcome outcome;
  const auto source = std::make_shared<const Source>("random.yaml", text);
  Rewrite rewrite(source), attempt(source);
  Summary ignored;
  read_documents(source, [&](Document document) {
    REQUIRE_FALSE(document.error);
    LintedDocument linted = lint_document(document, settings, outcome.summary);
    outcome.fixable += fixable_in(linted);
    LintedDocument foretold = lint_document(document, settings, ignored);
    attempt.foretell(document, foretold);
    outcome.foretold += fixable_in(foretold);
    rewrite.fix(document, linted);
    outcome.refused += is_refused(linted);
    CHECK(fixable_in(linted) == 0);
  });
  outcome.mended = rewrite.mended().size();
  outcome.text = rewrite.text();
  return outcome;
}

bool has_comments(const std::string& text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t number = 0; number < count && at != std::string::npos; ++number)
    at = text.find(YamlTextGenerator::comment_head(number), at);
  return at != std::string::npos;
}

/// A quarter of the texts: together they take longer than a test may under a sanitizer on a busy machine.
void try_quarter(unsigned quarter) {
  constexpr unsigned count = texts / 4;
  const unsigned first = first_seed + quarter * count;
  std::size_t fixed = 0, refused = 0;
  for (unsigned seed = first; seed < first + count; ++seed) {
    test::PodGenerator pods(seed);
    YamlTextGenerator writer(seed);
    std::vector<Json> roots;
    for (int documents = pods.number(1, 3); documents > 0; --documents)
      roots.push_back(pods.workload());
    const std::string text = writer.file(roots);

    const bool unsafe = seed % 2 == 0;
    const Outcome outcome = fix(text, unsafe);
    CAPTURE(seed, unsafe, text, outcome.text);
    REQUIRE(outcome.foretold == outcome.mended);
    REQUIRE(has_comments(outcome.text, writer.comments()));
    const Outcome again = fix(outcome.text, unsafe);
    REQUIRE(again.refused == outcome.refused);
    REQUIRE((again.fixable == 0 || outcome.refused > 0));
    REQUIRE((outcome.refused > 0 || again.text == outcome.text));
    REQUIRE(again.summary.judged == outcome.summary.judged);
    fixed += outcome.mended;
    refused += outcome.refused;
  }
  CHECK(fixed > count);
  // Of about two documents a text; most would lose a comment inside something that is removed.
  CHECK(refused < count / 16);
  WARN(fixed << " findings fixed, " << refused << " documents refused");
}

}  // namespace

TEST_CASE("the option --fix keeps comments and mends all that it could in random texts: the first quarter",
          "[property]") {
  try_quarter(0);
}

TEST_CASE("the option --fix keeps comments and mends all that it could in random texts: the second quarter",
          "[property]") {
  try_quarter(1);
}

TEST_CASE("the option --fix keeps comments and mends all that it could in random texts: the third quarter",
          "[property]") {
  try_quarter(2);
}

TEST_CASE("the option --fix keeps comments and mends all that it could in random texts: the last quarter",
          "[property]") {
  try_quarter(3);
}
