// One definition of diagnosable: in what the webhook made of an object, the linter finds nothing that the webhook could
// have added.
#include "core/edit/json_patch.hpp"
#include "linter/lint.hpp"
#include "tests/support/object_examples.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace dotdiag::test {
namespace {

/// The object in `folder` as the webhook's patch leaves it.
Json mutated(const std::filesystem::path& folder) {
  Json object = read_yaml(folder / "before.yaml");
  if (std::filesystem::exists(folder / "patch.json"))
    apply_json_patch(object, Json::parse(read_text(folder / "patch.json")));
  return object;
}

/// What the example's request met: what `dotdiag.io/inject: "true"` means there, and what its namespace says.
LintSettings settings_in(const std::filesystem::path& folder) {
  const auto file = folder / "settings.yaml";
  const Json chosen = std::filesystem::exists(file) ? read_yaml(file) : Json::object();
  Surroundings surroundings;
  surroundings.inject_default = chosen.value("byDefault", "");
  LintSettings settings;
  settings.context = Context(surroundings);
  settings.judged_by = {PolicySet::builtin().find(chosen.value("trueMeans", std::string(default_policy_name)))};
  settings.scope.only = Scope::Only::opted_in;
  return settings;
}

std::vector<Finding> findings_in(const Json& object, const LintSettings& settings) {
  const auto documents = read_documents(std::make_shared<const Source>("object.json", object.dump()));
  Summary summary;
  LintedDocument linted = lint_document(documents.at(0), settings, summary);
  return linted.workloads.empty() ? std::vector<Finding>{} : std::move(linted.workloads.front().findings);
}

std::set<std::string> requirement_ids() {
  std::set<std::string> ids;
  for (const Policy& policy : PolicySet::builtin().all())
    for (const Requirement& requirement : policy.requirements)
      ids.insert(requirement.id);
  return ids;
}

}  // namespace

TEST_CASE("what the webhook made lints clean of what it could have made") {
  const std::set<std::string> requirements = requirement_ids();
  std::size_t judged = 0;
  for (const auto& folder : folders_in("mutations")) {
    if (!std::filesystem::exists(folder / "patch.json")) continue;
    const Json object = mutated(folder);
    for (const Finding& finding : findings_in(object, settings_in(folder))) {
      INFO(folder.filename() << ": " << finding.message);
      const bool could_be_added = finding.fixable || finding.remedy.find("the webhook adds it") != std::string::npos;
      CHECK_FALSE((could_be_added && requirements.count(finding.rule) == 1));
      ++judged;
    }
  }
  CHECK(judged > 0);
}

}  // namespace dotdiag::test
