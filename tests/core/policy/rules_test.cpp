// Each folder of testdata/rules shows a rule: a workload on which it fires, what it says there (fires.txt), and one
// much like it on which it does not.
#include "core/policy/opt_in.hpp"
#include "core/policy/rule.hpp"
#include "tests/support/object_examples.hpp"

#include <catch2/catch.hpp>
#include <set>

namespace dotdiag::test {
namespace {

/// One line for each place where the rule fires on the workload as its policies (the default one, unless it opts in)
/// leave it.
std::string hazards_of(const Rule& rule, const std::filesystem::path& file) {
  Json object = read_yaml(file);
  const auto workload = as_workload(object);
  REQUIRE(workload);
  const PodView pod(object, *workload);
  const PolicySet& known = PolicySet::builtin();
  const OptIn opt_in = read_opt_in(pod, known);
  REQUIRE(opt_in.invalid == "");
  const std::vector<const Policy*> default_policy = {known.find(default_policy_name)};
  const auto& policies = opt_in.state == OptIn::State::in ? opt_in.policies : default_policy;
  const Evaluation evaluation = evaluate(policies, object, *workload, opt_in.choices);
  REQUIRE(evaluation.invalid == "");

  std::string text;
  for (const Hazard& hazard : rule.check({pod, policies, evaluation})) {
    text += hazard.at.text() + ": " + hazard.message + ": " + hazard.remedy + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("each rule fires where its example says, and not on the example beside it") {
  for (const Rule* rule : rules()) {
    DYNAMIC_SECTION(rule->id) {
      const auto folder = testdata("rules/" + std::string(rule->id));
      const std::string fires = hazards_of(*rule, folder / "fires.yaml");
      CHECK(fires != "");
      CHECK(fires == expected_text(folder / "fires.txt", fires));
      CHECK(hazards_of(*rule, folder / "does-not-fire.yaml") == "");
    }
  }
}

TEST_CASE("each folder of rule examples belongs to a rule") {
  std::set<std::string> ids;
  for (const Rule* rule : rules())
    ids.insert(std::string(rule->id));
  for (const auto& folder : folders_in("rules"))
    CHECK(ids.count(folder.filename().string()) == 1);
}

TEST_CASE("rules are listed by id, and each says what is wrong, why it matters and what helps") {
  std::string last;
  for (const Rule* rule : rules()) {
    INFO(rule->id);
    CHECK(last < rule->id);
    last = rule->id;
    for (const auto text : {rule->summary, rule->why, rule->fix, rule->source})
      CHECK_FALSE(text.empty());
    CHECK(rule->source.substr(0, 8) == "https://");
  }
}

}  // namespace dotdiag::test
