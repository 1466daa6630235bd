// Each folder of testdata/repositories is a repository as people have them: `repository` with sources, manifests,
// charts and overlays; `tools`, the programs that render them, as scripts that answer what the real ones do; runs.txt,
// a run of dotdiag-lint in it a line, its arguments, whether the tools are in PATH (`with-tools`) and the directory
// that it starts in (`in=k8s`); and findings.txt, what these show.
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

/// What a run shows: its command line, standard output and error, and its exit code.
std::string shown(const fs::path& example, const std::string& line) {
  const test::TemporaryDirectory copy;
  fs::copy(example / "repository", copy.path() / "shop", fs::copy_options::recursive);
  fs::create_directory(copy.path() / "shop/.git");
  std::istringstream words(line);
  std::vector<std::string> argv = {test::build_path("linter/dotdiag-lint"), "--color=never", "-j1"};
  std::string tools = "/nonexistent";
  std::string directory = "shop";
  std::string arguments;
  for (std::string word; words >> word;) {
    if (word == "with-tools") {
      tools = (example / "tools").string();
      continue;
    }
    if (word.starts_with("in=")) {
      directory = "shop/" + word.substr(3);
      continue;
    }
    arguments += " " + word;
    argv.push_back(word);
  }
  const auto result =
      test::run_process(argv, {.environment = {"PATH=" + tools}, .directory = (copy.path() / directory).string()});
  return "$ dotdiag-lint" + arguments + (tools == "/nonexistent" ? "" : "   # with its tools in PATH") +
         (directory == "shop" ? "" : "   # in " + directory) + "\n" + result.out + result.err + "exit code " +
         std::to_string(result.exit_code) + "\n\n";
}

}  // namespace

TEST_CASE("each repository is judged as its folder says") {
  for (const fs::path& example : test::folders_in("repositories")) {
    DYNAMIC_SECTION(example.filename().string()) {
      std::istringstream lines(test::read_text(example / "runs.txt"));
      std::string all;
      for (std::string line; std::getline(lines, line);)
        all += shown(example, line);
      CHECK(all == test::expected_text(example / "findings.txt", all));
    }
  }
}
