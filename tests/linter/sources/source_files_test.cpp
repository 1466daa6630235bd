#include "linter/sources/source_files.hpp"

#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <filesystem>

using namespace dotdiag;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> paths(const SourceFiles& files) {
  std::vector<std::string> all;
  for (const SourceFiles::File& file : files.files())
    all.push_back(file.path);
  return all;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("what says something about images is found, and nothing in what was made or fetched") {
  const test::TemporaryDirectory directory;
  for (const char* name :
       {"src/a/Dockerfile", "src/a/Dockerfile.worker", "web.Dockerfile", "Containerfile", "go.mod", "A.csproj",
        "Directory.Build.props", "compose.yaml", ".github/workflows/x.yml", "build.sh", "Makefile"})
    directory.write(name, "");
  for (const char* name :
       {"node_modules/a/package.json", "bin/Dockerfile", ".git/Dockerfile", ".venv/setup.py", "a.yaml", "A.cs",
        "Dockerfile.dockerignore", "testdata/Dockerfile", "vendor/x/go.mod", "sub/.git/HEAD", "sub/Dockerfile"})
    directory.write(name, "");
  const SourceFiles files = SourceFiles::find(directory.path());
  CHECK(paths(files) == Paths{".github/workflows/x.yml", "A.csproj", "Containerfile", "Directory.Build.props",
                              "Makefile", "build.sh", "compose.yaml", "go.mod", "src/a/Dockerfile",
                              "src/a/Dockerfile.worker", "web.Dockerfile"});
  CHECK(files.incomplete().empty());
}

TEST_CASE("links lead neither in circles nor out of the repository") {
  const test::TemporaryDirectory directory;
  directory.write("outside/Dockerfile", "FROM x\n");
  directory.write("repository/a/Dockerfile", "FROM y\n");
  fs::create_directory_symlink("..", directory / "repository/a/up");
  fs::create_directory_symlink("../outside", directory / "repository/out");
  fs::create_symlink("../outside/Dockerfile", directory / "repository/Dockerfile");
  fs::create_symlink("nowhere", directory / "repository/Containerfile");
  fs::create_symlink("a/Dockerfile", directory / "repository/web.Dockerfile");
  CHECK(paths(SourceFiles::find(directory / "repository")) == Paths{"a/Dockerfile", "web.Dockerfile"});
}

TEST_CASE("no more than the limits is looked at, and that is said") {
  const test::TemporaryDirectory directory;
  for (int number = 0; number < 20; ++number)
    directory.write("d" + std::to_string(number) + "/Dockerfile", "FROM a\n");
  directory.write("a/b/c/d/Dockerfile", "FROM a\n");
  SourceLimits limits;
  limits.files = 5;
  CHECK(SourceFiles::find(directory.path(), limits).files().size() == 5);
  CHECK(SourceFiles::find(directory.path(), limits).incomplete() == "there are more than 5 source files");
  limits = {};
  limits.entries = 10;
  CHECK(SourceFiles::find(directory.path(), limits).incomplete() == "there are more than 10 files and directories");
  limits = {};
  limits.depth = 2;
  CHECK(SourceFiles::find(directory.path(), limits).files().size() == 20);
  limits = {};
  limits.file_bytes = 6;
  CHECK_FALSE(SourceFiles::find(directory.path(), limits).read("d1/Dockerfile"));
  limits = {};
  limits.total_bytes = 10;
  SourceFiles files = SourceFiles::find(directory.path(), limits);
  CHECK(files.read("d1/Dockerfile") == "FROM a\n");
  CHECK(files.read("d2/Dockerfile") == "FROM a\n");
  CHECK_FALSE(files.read("d3/Dockerfile"));
  CHECK(files.incomplete() != "");
}

TEST_CASE("a pipe is not waited for, and a missing directory has nothing") {
  const test::TemporaryDirectory directory;
  REQUIRE(::mkfifo((directory / "Dockerfile").c_str(), 0600) == 0);
  CHECK(SourceFiles::find(directory.path()).files().empty());
  CHECK_FALSE(SourceFiles::find(directory.path()).read("Dockerfile"));
  CHECK(SourceFiles::find(directory / "missing").files().empty());
}
