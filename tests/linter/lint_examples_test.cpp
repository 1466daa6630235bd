// Each folder of testdata/lint is a run of dotdiag-lint: its input (before.yaml, or what arguments.txt names), what a
// terminal shows (findings.txt: standard output, then standard error), and what --fix makes of before.* (after.*;
// without one it stays).
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <sstream>

using namespace dotdiag;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> command(const fs::path& example) {
  std::vector<std::string> argv = {test::build_path("linter/dotdiag-lint"), "--color=never"};
  const std::string arguments = test::read_text(example / "arguments.txt");
  std::istringstream words(arguments.empty() ? "before.yaml" : arguments);
  for (std::string word; words >> word;)
    argv.push_back(word);
  return argv;
}

/// Nothing may depend on the machine, such as a helm in PATH; a sanitizer's exit code would be 128 + a signal or 1 with
/// text on standard error.
test::ProcessResult run(const fs::path& example, const std::string& flag = {}) {
  std::vector<std::string> argv = command(example);
  if (!flag.empty()) argv.insert(argv.begin() + 1, flag);
  return test::run_process(argv,
                           {.environment = {"GITHUB_ACTIONS=", "PATH=/nonexistent"}, .directory = example.string()});
}

/// The one file of the example that --fix may change.
fs::path input_of(const fs::path& example) {
  return fs::exists(example / "before.json") ? example / "before.json" : example / "before.yaml";
}

}  // namespace

TEST_CASE("each example reports, and fixes to, what its folder says") {
  for (const fs::path& example : test::folders_in("lint")) {
    DYNAMIC_SECTION(example.filename().string()) {
      const auto result = run(example);
      CHECK(result.exit_code <= 2);
      CHECK(result.out + result.err == test::expected_text(example / "findings.txt", result.out + result.err));

      const test::TemporaryDirectory copy;
      fs::copy(example, copy.path(), fs::copy_options::recursive);
      run(copy.path(), "--fix");
      const fs::path input = input_of(example);
      if (!fs::exists(input)) continue;
      const std::string before = test::read_text(input);
      const std::string fixed = test::read_text(copy.path() / input.filename());
      const fs::path after = example / ("after" + input.extension().string());
      CHECK((fixed == before ? "" : fixed) == test::expected_text(after, fixed == before ? "" : fixed));

      // Nothing is left for a second run, and a diff of the same run leads to the same text.
      run(copy.path(), "--fix");
      CHECK(test::read_text(copy.path() / input.filename()) == fixed);
      const test::TemporaryDirectory other;
      fs::copy(example, other.path(), fs::copy_options::recursive);
      const auto diff = run(other.path(), "--diff");
      CHECK(test::read_text(other.path() / input.filename()) == before);
      if (fixed == before) continue;
      const auto applied = test::run_process({"patch", "-p1", "--silent", "--binary"},
                                             {.input = diff.out, .directory = other.path().string()});
      CHECK(applied.exit_code == 0);
      CHECK(test::read_text(other.path() / input.filename()) == fixed);
    }
  }
}
