// What rules mend: fixed.yaml in a folder of testdata/rules is what --fix --unsafe-fixes makes of its fires.yaml.
#include "core/document/json.hpp"
#include "core/policy/rule.hpp"
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

namespace dotdiag::test {
namespace {

namespace fs = std::filesystem;

/// A copy of an example on which the linter can work.
class Copy {
 public:
  explicit Copy(const fs::path& example) { fs::copy(example, directory_.path(), fs::copy_options::recursive); }

  ProcessResult lint(std::vector<std::string> flags) const {
    std::vector<std::string> argv = {build_path("linter/dotdiag-lint"), "--notes", "--no-webhook"};
    const bool has_settings = fs::exists(directory_.path() / "surroundings.yaml");
    argv.push_back(has_settings ? "--config=surroundings.yaml" : "--no-config");
    argv.insert(argv.end(), flags.begin(), flags.end());
    argv.emplace_back("fires.yaml");
    return run_process(argv, {.directory = directory_.path().string()});
  }

  std::string text() const { return read_text(directory_.path() / "fires.yaml"); }

  /// How often the rule fires and says that a fix would help.
  std::size_t fixable(std::string_view rule) const {
    const Json report = Json::parse(lint({"--format=json"}).out);
    std::size_t count = 0;
    for (const Json& finding : report.at("findings"))
      count += finding.at("rule") == std::string(rule) &&
               (finding.at("fixable") == true || finding.at("unsafelyFixable") == true);
    return count;
  }

 private:
  TemporaryDirectory directory_;
};

bool is_about_claims(const fs::path& example) {
  return read_text(example / "surroundings.yaml").find("Claims") != std::string::npos;
}

}  // namespace

TEST_CASE("what a rule says it can mend is mended, once and for all") {
  for (const Rule* rule : rules()) {
    const fs::path example = testdata("rules/" + std::string(rule->id));
    if (read_text(example / "fires.txt").find("fixable)") == std::string::npos || is_about_claims(example)) continue;
    DYNAMIC_SECTION(rule->id) {
      const Copy copy(example);
      CHECK(copy.fixable(rule->id) > 0);
      CHECK(copy.lint({"--fix", "--unsafe-fixes"}).exit_code <= 1);
      const std::string fixed = copy.text();
      CHECK(fixed == expected_text(example / "fixed.yaml", fixed));
      CHECK(copy.fixable(rule->id) == 0);
      copy.lint({"--fix", "--unsafe-fixes"});
      CHECK(copy.text() == fixed);
    }
  }
}

TEST_CASE("an unsafe fix is not made unless it is asked for") {
  const Copy copy(testdata("rules/env-misspelled-diagnostics"));
  CHECK(copy.fixable("env-misspelled-diagnostics") > 0);
  copy.lint({"--fix"});
  CHECK(copy.text().find("COMPlus_EnableDiagnostic") != std::string::npos);
}

}  // namespace dotdiag::test
