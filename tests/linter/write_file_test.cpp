#include "linter/write_file.hpp"
#include "core/document/error.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace dotdiag;
namespace fs = std::filesystem;

namespace {

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t files_in(const test::TemporaryDirectory& directory) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory.path()), fs::directory_iterator()));
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

}  // namespace

TEST_CASE("a replaced file keeps its mode and leaves no temporary file") {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("a.yaml", "old");
  for (const mode_t mode : {0640U, 0755U, 0600U}) {
    ::chmod(file.c_str(), mode);
    replace_file(file, "new " + std::to_string(mode));
    CHECK(content(file) == "new " + std::to_string(mode));
    CHECK(mode_of(file) == mode);
    CHECK(files_in(directory) == 1);
  }
}

TEST_CASE("a link stays a link, and its target is replaced") {
  const test::TemporaryDirectory directory;
  directory.write("real/a.yaml", "old");
  fs::create_symlink("real/a.yaml", directory / "link.yaml");
  replace_file(directory / "link.yaml", "new");
  CHECK(fs::read_symlink(directory / "link.yaml") == "real/a.yaml");
  CHECK(content(directory / "real/a.yaml") == "new");
}

TEST_CASE("another name of the old file keeps the old content: the new one came by rename") {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("a.yaml", "old");
  fs::create_hard_link(file, directory / "witness");
  replace_file(file, "new");
  CHECK(content(directory / "witness") == "old");
}

TEST_CASE("what cannot be written is an InputError and stays as it was") {
  const test::TemporaryDirectory directory;
  CHECK_THROWS_AS(replace_file(directory / "missing.yaml", "new"), InputError);
  CHECK_THROWS_AS(replace_file(directory.path().string(), "new"), InputError);
  REQUIRE(::mkfifo((directory / "pipe").c_str(), 0600) == 0);
  CHECK_THROWS_AS(replace_file(directory / "pipe", "new"), InputError);
  CHECK(files_in(directory) == 1);
}
