// Patterns, with git as the witness.
#include "linter/glob.hpp"
#include "linter/gitignore.hpp"
#include "linter/inputs.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <set>
#include <sstream>

namespace dotdiag::test {

TEST_CASE("stars stay inside a name, double stars do not") {
  CHECK(fits("*.yaml", "a.yaml"));
  CHECK_FALSE(fits("*.yaml", "a/b.yaml"));
  CHECK(fits("**/*.yaml", "a/b/c.yaml"));
  CHECK(fits("**/*.yaml", "c.yaml"));
  CHECK(fits("a/**/d", "a/d"));
  CHECK(fits("a/**/d", "a/b/c/d"));
  CHECK_FALSE(fits("a/**/d", "a/b/cd"));
  CHECK(fits("a/**", "a/b/c"));
  CHECK(fits("w?b-[a-c]-[!x]", "web-b-y"));
  CHECK_FALSE(fits("w?b-[a-c]-[!x]", "web-b-x"));
  CHECK(fits("\\*", "*"));
  CHECK_FALSE(fits("\\*", "a"));
  CHECK(fits("a[", "a["));
  CHECK(fits("*a*b*c", "xaxbxaxbxc"));
  CHECK(fits("", ""));
  CHECK_FALSE(fits("", "a"));
}

TEST_CASE("patterns with many stars take no time") {
  std::string pattern, text(5000, 'a');
  for (int stars = 0; stars < 50; ++stars)
    pattern += "*a";
  CHECK_FALSE(fits(pattern + "b", text));
  CHECK_FALSE(fits("**/" + pattern + "/**/b", text));
}

TEST_CASE("what git ignores is what is left out") {
  const TemporaryDirectory directory;
  const ProcessOptions here{.directory = directory.path().string()};
  REQUIRE(run_process({"git", "init", "-q"}, here).exit_code == 0);
  directory.write(".gitignore",
                  "# generated\n/build/\n*.gen.yaml\n!keep.gen.yaml\nout\ndeep/**/skip.yaml\ntrailing.yaml   \n"
                  "a/*/c.yaml\n[xy]-*.yaml\n\\!odd.yaml\n");
  directory.write("sub/.gitignore", "local.yaml\n!*.gen.yaml\n/only-here.yaml\n");
  directory.write(".git/info/exclude", "private.yaml\n");
  for (const char* name : {"build/a.yaml",   "sub/build/a.yaml",   "x.gen.yaml",
                           "keep.gen.yaml",  "out/a.yaml",         "sub/out/b.yaml",
                           "out.yaml",       "deep/skip.yaml",     "deep/1/2/skip.yaml",
                           "trailing.yaml",  "a/b/c.yaml",         "a/b/d/c.yaml",
                           "x-1.yaml",       "z-1.yaml",           "!odd.yaml",
                           "sub/local.yaml", "sub/in/local.yaml",  "local.yaml",
                           "sub/y.gen.yaml", "sub/only-here.yaml", "sub/in/only-here.yaml",
                           "private.yaml",   "sub/private.yaml",   "kept.yaml"})
    directory.write(name, "a: 1\n");

  std::set<std::string> kept_by_git;
  std::istringstream lines(run_process({"git", "ls-files", "--others", "--exclude-standard", "*.yaml"}, here).out);
  for (std::string line; std::getline(lines, line);)
    kept_by_git.insert(line);
  std::set<std::string> ours;
  for (const Input& input : find_inputs({directory.path().string()}))
    ours.insert(std::filesystem::path(input.path).lexically_relative(directory.path()));
  REQUIRE(kept_by_git.size() > 5);
  CHECK(ours == kept_by_git);
  CHECK(find_inputs({directory.path().string()}, {.patterns = {}, .gitignore = false, .forced = false}).size() >
        ours.size());
  CHECK(find_inputs({directory / "private.yaml"}).size() == 1);  // it was asked for
}

}  // namespace dotdiag::test
