// Each folder of testdata/kinds shows one case of one kind: before.yaml, what is unmet (unmet.txt), and the patch that
// cures it (patch.json; none where nothing can be added).
#include "core/edit/json_patch.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/opt_in.hpp"
#include "tests/support/object_examples.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

/// One line for each thing that is unmet, and for each warning.
std::string describe(const Evaluation& evaluation) {
  std::string text;
  if (!evaluation.invalid.empty())
    text += "invalid: " + evaluation.invalid_at.text() + ": " + evaluation.invalid + "\n";
  for (const Unmet& unmet : evaluation.unmet) {
    text += (unmet.is_conflict() ? "conflict: " : "missing: ") + unmet.at.text() + ": " + unmet.message + ": " +
            unmet.remedy + " [" + unmet.requirement + "]\n";
  }
  for (const Warning& warning : evaluation.warnings) {
    text += "warning: " + warning.at.text() + ": " + warning.message + ": " + warning.remedy + " [" +
            warning.requirement + "]\n";
  }
  return text;
}

void check_example(const std::filesystem::path& folder) {
  const Json before = read_yaml(folder / "before.yaml");
  const auto workload = as_workload(before);
  REQUIRE(workload);
  const OptIn opt_in = read_opt_in(PodView(before, *workload), PolicySet::builtin());
  REQUIRE(opt_in.invalid == "");
  REQUIRE(opt_in.state == OptIn::State::in);

  Json copy = before;
  const Evaluation evaluation = evaluate(opt_in.policies, copy, *workload, opt_in.choices);
  const std::string unmet = describe(evaluation);
  CHECK(unmet == expected_text(folder / "unmet.txt", unmet));

  const std::string patch = one_a_line(Json::parse(write_json_patch(evaluation.edits())));
  CHECK(patch == expected_text(folder / "patch.json", patch));
  Json patched = before;
  apply_json_patch(patched, Json::parse(patch.empty() ? "[]" : patch));
  CHECK(same_document(patched, copy));
  CHECK(evaluate(opt_in.policies, copy, *workload, opt_in.choices).edits().empty());
}

}  // namespace

TEST_CASE("each example of a requirement kind finds and adds what its folder says") {
  for (const char* kind : {"process-namespace", "capability", "shared-volume", "env", "diagnostic-port"}) {
    for (const auto& folder : folders_in("kinds/" + std::string(kind))) {
      DYNAMIC_SECTION(kind << ": " << folder.filename().string()) {
        check_example(folder);
      }
    }
  }
}

}  // namespace dotdiag::test
