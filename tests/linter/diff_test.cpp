#include "linter/diff.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

using namespace dotdiag;

namespace {

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What `program` makes of `before` with the diff, run in a directory of its own.
std::string patched_by(const std::vector<std::string>& program, const std::string& before, const std::string& after) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("sub dir/file.yaml", before);
  const auto result = test::run_process(
      program, {.input = unified_diff("sub dir/file.yaml", before, after), .directory = directory.path().string()});
  INFO(unified_diff("sub dir/file.yaml", before, after));
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  return content(file);
}

/// Few different lines, so that many of them are equal by accident.
std::string random_text(std::mt19937& random, std::size_t max_lines) {
  std::string text;
  for (std::size_t lines = random() % (max_lines + 1); lines > 0; --lines)
    text += std::string(1, static_cast<char>('a' + random() % 4)) + "\n";
  if (!text.empty() && random() % 4 == 0) text.pop_back();
  return text;
}

std::string with_random_insertions(std::mt19937& random, std::string text) {
  for (std::size_t count = random() % 6; count > 0; --count) {
    const std::size_t at = text.find('\n', random() % (text.size() + 1));
    if (at != std::string::npos) text.insert(at + 1, "new\n");
  }
  return text;
}

}  // namespace

TEST_CASE("a diff shows three lines around a change") {
  CHECK(unified_diff("a.yaml", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\nnew\n6\n7\n8\n9\n") ==
        "--- a/a.yaml\n"
        "+++ b/a.yaml\n"
        "@@ -3,6 +3,7 @@\n"
        " 3\n 4\n 5\n+new\n 6\n 7\n 8\n");
}

TEST_CASE("changes whose contexts meet share a hunk, others do not") {
  const std::string before = "a\n1\n2\n3\n4\n5\n6\nb\n";
  CHECK(unified_diff("f", before, "A\n1\n2\n3\n4\n5\n6\nB\n") ==
        "--- a/f\n+++ b/f\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
  CHECK(unified_diff("f", "a\n0\n" + before.substr(2), "A\n0\n1\n2\n3\n4\n5\n6\nB\n") ==
        "--- a/f\n+++ b/f\n@@ -1,4 +1,4 @@\n-a\n+A\n 0\n 1\n 2\n@@ -6,4 +6,4 @@\n 4\n 5\n 6\n-b\n+B\n");
}

TEST_CASE("equal texts have no diff") {
  CHECK(unified_diff("f", "", "").empty());
  CHECK(unified_diff("f", "a\nb", "a\nb").empty());
}

TEST_CASE("a missing line break at the end is said on its own line") {
  CHECK(unified_diff("f", "a", "a\n") == "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
  CHECK(unified_diff("f", "", "a") == "--- a/f\n+++ b/f\n@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n");
}

TEST_CASE("odd file names are written as git writes them") {
  CHECK(unified_diff("/my dir/x", "", "a\n").substr(0, 34) == "--- a/my dir/x\t\n+++ b/my dir/x\t\n@@");
  CHECK(unified_diff("a\"b\n", "", "a\n").substr(0, 30) == "--- \"a/a\\\"b\\012\"\n+++ \"b/a\\\"b\\0");
}

TEST_CASE("patch and git apply turn the old text into the new one", "[oracle]") {
  std::mt19937 random(7);
  for (int round = 0; round < 80; ++round) {
    const std::string before = random_text(random, 40);
    const std::string after = round % 2 == 0 ? random_text(random, 40) : with_random_insertions(random, before);
    if (before.empty() || after.empty() || before == after) continue;  // patch removes files that become empty
    CHECK(patched_by({"patch", "-p1", "--silent"}, before, after) == after);
    CHECK(patched_by({"git", "apply", "--whitespace=nowarn", "-"}, before, after) == after);
  }
}

TEST_CASE("line breaks of Windows survive patch and git apply", "[oracle]") {
  CHECK(patched_by({"git", "apply", "--whitespace=nowarn", "-"}, "a\r\nb\r\n", "a\r\nnew\r\nb\r\n") ==
        "a\r\nnew\r\nb\r\n");
  CHECK(patched_by({"patch", "-p1", "--silent", "--binary"}, "a\r\nb\r\n", "a\r\nnew\r\nb\r\n") == "a\r\nnew\r\nb\r\n");
}

TEST_CASE("big texts with little in common take no more than a moment", "[slow]") {
  std::string before, after, inserted;
  for (int line = 0; line < 50'000; ++line) {
    before += std::to_string(line) + "\n";
    after += std::to_string(-line - 1) + "\n";
    inserted += std::to_string(line) + (line % 10 == 0 ? "\nnew\n" : "\n");
  }
  CHECK(unified_diff("f", before, after).size() > before.size() + after.size());
  const std::string diff = unified_diff("f", before, inserted);
  CHECK(diff.find("\n-") == std::string::npos);
}
