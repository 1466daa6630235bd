// convert, as a user runs it, on recorded files.
#include "tests/core/diagnostics/captures.hpp"
#include "tests/core/diagnostics/gcdump_reader.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

using namespace dotdiag::test;

namespace {

ProcessResult convert(const std::string& from, const std::string& to, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {build_path("collect/dotdiag-collect"), "convert", from, "--to", to};
  words.insert(words.end(), more.begin(), more.end());
  return run_process(words);
}

}  // namespace

TEST_CASE("a recorded heap becomes a table and a .gcdump file") {
  const std::string heap = capture_path("heap.netcore31.nettrace");
  const ProcessResult text = convert(heap, "heap");
  CHECK(text.exit_code == 0);
  CHECK_THAT(text.out, Catch::Contains(" 72 000    1 500  Shop.Item\n"));
  const TemporaryDirectory directory;
  const ProcessResult file = convert(heap, "gcdump", {"-o", directory / "heap.gcdump"});
  CHECK(file.exit_code == 0);
  std::ifstream stream(directory / "heap.gcdump", std::ios::binary);
  const Gcdump dump = GcdumpReader({std::istreambuf_iterator<char>(stream), {}}).read();
  CHECK(dump.total_size == 385136);
}

TEST_CASE("a lossy snapshot is never printed as if it were whole, and makes no .gcdump file") {
  const std::string lossy = capture_path("heap-lossy.net10.nettrace");
  const ProcessResult text = convert(lossy, "heap");
  CHECK(text.exit_code == 1);
  CHECK_THAT(text.err, Catch::Contains("THIS SNAPSHOT IS NOT WHOLE") && Catch::Contains("153 events were lost"));
  const TemporaryDirectory directory;
  CHECK(convert(lossy, "gcdump", {"-o", directory / "heap.gcdump"}).exit_code == 1);
  CHECK_FALSE(std::filesystem::exists(directory / "heap.gcdump"));
}

TEST_CASE("recorded samples become stacks and a speedscope file, recorded counters CSV") {
  const ProcessResult stacks = convert(capture_path("stacks.netcore31.nettrace"), "stacks");
  CHECK(stacks.exit_code == 0);
  CHECK_THAT(stacks.out, Catch::Contains("    System.Threading.Monitor.Enter(class System.Object,bool&)\n"
                                         "    Shop.Program.Blocked()\n"));
  const ProcessResult scope = convert(capture_path("stacks.netcore31.nettrace"), "speedscope");
  CHECK(nlohmann::json::parse(scope.out).at("profiles").size() == 5);
  const ProcessResult counters = convert(capture_path("counters.netcore31.nettrace"), "counters");
  CHECK(counters.exit_code == 0);
  CHECK_THAT(counters.out, Catch::Contains(",System.Runtime,working-set,,level,92,MB\n"));
}

TEST_CASE("a file that was cut off gives what it has, and says so") {
  const ProcessResult result = convert(capture_path("truncated-by-sigkill.netcore31.nettrace"), "stacks");
  CHECK(result.exit_code != 0);
  CHECK(result.err != "");
}

TEST_CASE("a file with something else in it, or none, is said to be so") {
  CHECK_THAT(convert(capture_path("counters.netcore31.nettrace"), "heap").err,
             Catch::Contains("holds no heap snapshot"));
  CHECK_THAT(convert(capture_path("advertise.net10.bin"), "heap").err, Catch::Contains("this is not a .nettrace file"));
  const ProcessResult missing = convert("/nonexistent", "heap");
  CHECK(missing.exit_code == 2);
  CHECK_THAT(missing.err, Catch::Contains("/nonexistent: cannot be opened: No such file or directory"));
}
