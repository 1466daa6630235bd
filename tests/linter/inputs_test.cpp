#include "linter/inputs.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace dotdiag;
namespace fs = std::filesystem;

namespace {

/// The paths found, those below `directory` without it.
std::vector<std::string> found(const test::TemporaryDirectory& directory, const std::vector<std::string>& names) {
  std::vector<std::string> arguments;
  for (const std::string& name : names)
    arguments.push_back(directory / name);
  std::vector<std::string> paths;
  for (const Input& input : find_inputs(arguments))
    paths.push_back(fs::path(input.path).lexically_relative(directory.path()));
  return paths;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a directory gives its manifests, sorted and from all depths") {
  const test::TemporaryDirectory directory;
  for (const char* name : {"b.yml", "a/z.yaml", "a/b/c.json", "c.yaml", "readme.md", "d.yaml.bak", "UP.YAML"})
    directory.write(name, "");
  CHECK(found(directory, {"."}) == Paths{"a/b/c.json", "a/z.yaml", "b.yml", "c.yaml"});
}

TEST_CASE("hidden directories and node_modules are left out, unless they are named") {
  const test::TemporaryDirectory directory;
  for (const char* name : {".git/a.yaml", ".github/b.yaml", "node_modules/c.yaml", "d.yaml", ".hidden.yaml"})
    directory.write(name, "");
  CHECK(found(directory, {"."}) == Paths{".hidden.yaml", "d.yaml"});
  CHECK(found(directory, {".github", "node_modules"}) == Paths{".github/b.yaml", "node_modules/c.yaml"});
}

TEST_CASE("a file that is named is taken whatever its name, and once") {
  const test::TemporaryDirectory directory;
  directory.write("values.tpl", "");
  directory.write("a.yaml", "");
  CHECK(found(directory, {"values.tpl", "a.yaml", ".", "./a.yaml"}) == Paths{"values.tpl", "a.yaml"});
}

TEST_CASE("links are followed, but not in circles") {
  const test::TemporaryDirectory directory;
  directory.write("real/a.yaml", "");
  fs::create_directory_symlink("..", directory / "real/up");
  fs::create_directory_symlink("real", directory / "zlink");
  fs::create_symlink("real/a.yaml", directory / "zfile.yaml");
  CHECK(found(directory, {"."}) == Paths{"real/a.yaml"});
  CHECK(found(directory, {"zlink"}) == Paths{"zlink/a.yaml"});
}

TEST_CASE("what cannot be read is an input with its problem, and the others are there") {
  const test::TemporaryDirectory directory;
  directory.write("a.yaml", "");
  fs::create_symlink("nowhere", directory / "dangling.yaml");
  const auto inputs = find_inputs({directory / "missing.yaml", directory.path().string()});
  REQUIRE(inputs.size() == 3);
  CHECK(inputs[0].problem == "No such file or directory");
  CHECK(inputs[1].problem.empty());
  CHECK(inputs[2].problem == "No such file or directory");
}

TEST_CASE("files below a chart's templates are marked") {
  const test::TemporaryDirectory directory;
  for (const char* name : {"chart/Chart.yaml", "chart/templates/deep/a.yaml", "other/templates/b.yaml"})
    directory.write(name, "");
  std::vector<bool> in_chart;
  for (const Input& input : find_inputs({directory.path().string()}))
    in_chart.push_back(input.in_chart);
  CHECK(in_chart == std::vector<bool>{false, true, false});
}

TEST_CASE("standard input is itself") {
  const auto inputs = find_inputs({"-", "-"});
  REQUIRE(inputs.size() == 1);
  CHECK(inputs.front().path == "-");
}
