// What --explain and --rules answer, and that docs/rules.md says the same.
#include "linter/explain.hpp"
#include "core/document/error.hpp"
#include "core/document/json.hpp"
#include "core/policy/rule.hpp"
#include "core/policy/symptom.hpp"
#include "linter/catalogue.hpp"
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <sstream>

namespace dotdiag::test {
namespace {

const PolicySet& policies() {
  return PolicySet::builtin();
}

std::string explanation(const std::string& subject) {
  std::ostringstream out;
  explain(subject, policies(), out);
  return out.str();
}

}  // namespace

TEST_CASE("the rule reference in the documentation is up to date") {
  std::ostringstream out;
  list_as_markdown(policies(), out);
  const auto file = source_path("docs/rules.md");
  CHECK(out.str() == expected_text(file, out.str()));
}

TEST_CASE("every rule, every requirement and every finding about files is in the catalogue once") {
  std::set<std::string> ids;
  for (const CatalogueEntry& entry : catalogue(policies())) {
    INFO(entry.id);
    CHECK(ids.insert(entry.id).second);
    for (const auto* text : {&entry.summary, &entry.why, &entry.fix})
      CHECK_FALSE(text->empty());
    CHECK((entry.origin == CatalogueEntry::Origin::requirement) == !entry.policies.empty());
  }
  for (const Rule* rule : rules())
    CHECK(ids.count(std::string(rule->id)) == 1);
}

TEST_CASE("each id is explained, with the messages that lead to it") {
  for (const CatalogueEntry& entry : catalogue(policies())) {
    INFO(entry.id);
    CHECK(explanation(entry.id).find(entry.id + " (") == 0);
  }
  CHECK(explanation("liveness-kills-during-dump").find("Liveness probe failed") != std::string::npos);
  CHECK(explanation("shared-diag").find("Asked for by: dotnet-monitor") != std::string::npos);
}

TEST_CASE("each error message leads to its rules") {
  for (const Symptom& symptom : symptoms()) {
    INFO(symptom.message);
    const std::string text = explanation(std::string(symptom.message));
    for (const auto id : symptom.rules)
      CHECK(text.find("  " + std::string(id) + ": ") != std::string::npos);
  }
}

TEST_CASE("what is not known is an error that names what is much like it") {
  const std::pair<const char*, const char*> unknown[] = {
      {"env-mispelled-diagnostics", "did you mean env-misspelled-diagnostics?"},
      {"recipe", "did you mean recipe-variable?"},
      {"the coffee is cold", "see dotdiag-lint --rules"},
      {"", "see dotdiag-lint --rules"},
  };
  for (const auto& [subject, remedy] : unknown) {
    INFO(subject);
    try {
      explanation(subject);
      FAIL("it was explained");
    } catch (const InputError& error) {
      CHECK(error.remedy() == remedy);
    }
  }
}

TEST_CASE("the list for programs is one JSON document with everything in it") {
  std::ostringstream out;
  list_as_json(policies(), out);
  const Json document = Json::parse(out.str());
  CHECK(document.at("version") == 1);
  CHECK(document.at("rules").size() == catalogue(policies()).size());
  CHECK(document.at("messages").size() == symptoms().size());
}

}  // namespace dotdiag::test
