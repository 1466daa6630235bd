// --fix that is killed half-way: each file is the old one or the new one, never something between.
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <random>

namespace dotdiag::test {
namespace {

constexpr int files = 20;
constexpr int interruptions = 12;

/// A manifest of some 30 kB, so that writing it is no single step.
std::string manifest(int number) {
  std::string text =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-" + std::to_string(number) + "\n  annotations:\n";
  for (int line = 0; line < 500; ++line)
    text += "    example.com/note-" + std::to_string(line) + ": \"a note that takes some room\" # kept\n";
  return text +
         "spec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: "
         "registry.example.com/shop/web:1\n";
}

std::string name_of(int number) {
  return "web-" + std::to_string(number) + ".yaml";
}

std::vector<std::string> fix_command() {
  return {build_path("linter/dotdiag-lint"), "--fix", "."};
}

void write_old(const TemporaryDirectory& directory) {
  for (int number = 0; number < files; ++number)
    directory.write(name_of(number), manifest(number));
}

}  // namespace

TEST_CASE("interrupted at any moment, --fix leaves each file as it was or as it should be") {
  const TemporaryDirectory directory;
  const ProcessOptions here{.directory = directory.path().string()};
  write_old(directory);
  const auto start = std::chrono::steady_clock::now();
  REQUIRE(run_process(fix_command(), here).exit_code == 0);
  const auto whole_run =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
  std::vector<std::string> mended;
  for (int number = 0; number < files; ++number)
    mended.push_back(read_text(directory / name_of(number)));

  std::mt19937 random(7);
  std::uniform_int_distribution<std::int64_t> moment(0, whole_run.count());
  int old_files = 0, new_files = 0;
  for (int round = 0; round < interruptions; ++round) {
    write_old(directory);
    Process process(fix_command(), here);
    std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
    process.signal(SIGKILL);
    REQUIRE(process.wait(std::chrono::seconds(60)));
    for (int number = 0; number < files; ++number) {
      const std::string text = read_text(directory / name_of(number));
      const bool is_old = text == manifest(number);
      REQUIRE((is_old || text == mended[static_cast<std::size_t>(number)]));
      ++(is_old ? old_files : new_files);
    }
  }
  CHECK(old_files > 0);
  CHECK(new_files > 0);

  CHECK(run_process(fix_command(), here).exit_code == 0);
  for (int number = 0; number < files; ++number)
    CHECK(read_text(directory / name_of(number)) == mended[static_cast<std::size_t>(number)]);
}

}  // namespace dotdiag::test
