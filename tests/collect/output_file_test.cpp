// A file that a command writes: whole, or what it was before.
#include "collect/output_file.hpp"
#include "core/diagnostics/failure.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using dotdiag::collect::OutputFile;
using dotdiag::test::TemporaryDirectory;

namespace {

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::size_t entries(const TemporaryDirectory& directory) {
  const std::filesystem::directory_iterator all(directory / "");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace

TEST_CASE("a file that was not kept is not there, and an older one stays") {
  const TemporaryDirectory directory;
  {
    OutputFile file(directory / "new");
    file.write("half");
    CHECK_FALSE(std::filesystem::exists(directory / "new"));
  }
  CHECK(entries(directory) == 0);
  put(directory / "old", "whole");
  {
    OutputFile file(directory / "old");
    file.write("half");
    CHECK(content(directory / "old") == "whole");
  }
  CHECK(content(directory / "old") == "whole");
  CHECK(entries(directory) == 1);
}

TEST_CASE("a file that was kept replaces the older one, for its user alone") {
  const TemporaryDirectory directory;
  put(directory / "dump", "older");
  OutputFile file(directory / "dump");
  file.write("newer");
  file.keep();
  CHECK(content(directory / "dump") == "newer");
  CHECK(entries(directory) == 1);
  struct stat status {};
  REQUIRE(::stat((directory / "dump").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("what a link leads to is replaced, not the link") {
  const TemporaryDirectory directory;
  put(directory / "there", "older");
  std::filesystem::create_symlink("there", directory / "link");
  OutputFile file(directory / "link");
  file.write("newer");
  file.keep();
  CHECK(content(directory / "there") == "newer");
  CHECK(std::filesystem::is_symlink(directory / "link"));
}

TEST_CASE("devices are written to, and stay devices") {
  OutputFile file("/dev/null");
  file.write("anything");
  file.keep();
  CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("a file that cannot be made or does not fit is an error that names it") {
  CHECK_THROWS_WITH(OutputFile("/proc/none/dump"), Catch::StartsWith("/proc/none/dump: cannot be written: "));
  OutputFile file("/dev/full");
  CHECK_THROWS_WITH(file.write("anything"), Catch::Contains("make room, or write elsewhere"));
}
