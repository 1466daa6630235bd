#include "linter/place.hpp"
#include "core/document/reader.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

/// The text that is underlined for `pointer` in `yaml`.
std::string underlined(const std::string& yaml, const std::string& pointer) {
  const auto documents = read_documents(std::make_shared<const Source>("test.yaml", yaml));
  REQUIRE(documents.size() == 1);
  REQUIRE_FALSE(documents.front().error);
  const Span span = span_of(documents.front(), Pointer::parse(pointer));
  return yaml.substr(span.begin, span.end - span.begin);
}

std::vector<Finding> placed(const std::string& text, const std::vector<Span>& spans) {
  std::vector<Finding> findings;
  for (const Span span : spans) {
    findings.emplace_back();
    findings.back().span = span;
  }
  place(Source("test.yaml", text), findings);
  return findings;
}

}  // namespace

TEST_CASE("what is underlined stays on one line") {
  const std::string yaml =
      "spec:\n"
      "  hostPID: true\n"
      "  command: |\n"
      "    a\n"
      "  containers:\n"
      "    - name: web\n"
      "      image: x\n"
      "    - {name: a, image: b}\n"
      "  args: [one, two]\n";
  CHECK(underlined(yaml, "/spec") == "spec");
  CHECK(underlined(yaml, "/spec/hostPID") == "hostPID: true");
  CHECK(underlined(yaml, "/spec/command") == "command: |");
  CHECK(underlined(yaml, "/spec/containers/0") == "name: web");
  CHECK(underlined(yaml, "/spec/containers/0/env/3/value") == "name: web");
  CHECK(underlined(yaml, "/spec/containers/1") == "{name: a");
  CHECK(underlined(yaml, "/spec/args/1") == "two");
  CHECK(underlined(yaml, "/missing") == "spec");
}

TEST_CASE("findings are sorted, and columns count code points") {
  const std::string text = "a: \u00e9\u00e9 b\r\n\tc: d e\n";
  const auto findings = placed(text, {{14, 15}, {8, 9}, {0, 1}, {12, 13}});
  std::vector<Position> begins;
  for (const Finding& finding : findings)
    begins.push_back(finding.begin);
  CHECK(begins == std::vector<Position>{{1, 1}, {1, 7}, {2, 2}, {2, 4}});
  CHECK(findings[1].end == Position{1, 8});
}

TEST_CASE("an excerpt of a very long line is cut around its finding") {
  const std::string text = std::string(100'000, 'x') + "HERE" + std::string(100'000, 'y') + "\nnext";
  const auto findings = placed(text, {{100'000, 100'004}});
  const Excerpt& excerpt = findings.front().excerpt;
  CHECK(findings.front().begin == Position{1, 100'001});
  CHECK(excerpt.text.size() < 300);
  CHECK(excerpt.text.substr(excerpt.column - 1, excerpt.width) == "HERE");
}

TEST_CASE("many findings on one long line are placed in one sweep", "[slow]") {
  const std::string text(3'000'000, 'x');
  std::vector<Span> spans;
  for (std::size_t offset = 0; offset < text.size(); offset += 100)
    spans.push_back({offset, offset + 1});
  const auto findings = placed(text, spans);
  CHECK(findings.back().begin == Position{1, 2'999'901});
}

TEST_CASE("a position leads back to its character") {
  const Source source("test.yaml", "\u00e9a: b\nc: d\n\n");
  CHECK(span_at(source, {1, 2})->begin == 2);
  CHECK(span_at(source, {2, 4})->begin == 10);
  CHECK(span_at(source, {2, 99})->begin == 11);
  CHECK_FALSE(span_at(source, {0, 0}));
}
