// dotdiag-collect as a user runs it, against a runtime of the test's own.
#include "tests/core/diagnostics/captures.hpp"
#include "tests/core/diagnostics/fake_runtime.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

using namespace dotdiag::test;
using namespace std::chrono_literals;

namespace {

const std::string program = build_path("collect/dotdiag-collect");

ProcessResult collect(std::vector<std::string> words) {
  words.insert(words.begin(), program);
  return run_process(words);
}

/// Answers as .NET 10 did; its sessions stream `stream` and end.
FakeRuntime::Script recorded(const std::string& stream) {
  return [stream](const FakeConnection& connection) {
    switch (connection.command()) {
      case 0x408:
        return void(connection.send(capture("processinfo3.net10.resp.bin")));
      case 0x402:
        return void(connection.send(capture("processenvironment.net10.resp.bin")));
      case 0x401:
        return void(connection.send(capture("resume.net10.resp.bin")));
      case 0x201:
        return void(connection.send(answer(0, connection.request().substr(20))));
      default:
        connection.send(answer(0, std::string("\1\0\0\0\0\0\0\0", 8)) + stream);
    }
  };
}

}  // namespace

TEST_CASE("help lists every command, and every command has help") {
  const ProcessResult help = collect({"--help"});
  CHECK(help.exit_code == 0);
  for (const char* command : {"ps", "info", "env", "heap", "gcdump", "stacks", "counters", "trace", "dump", "convert",
                              "resume", "listen", "wait", "cat", "cost", "stream"}) {
    CHECK_THAT(help.out, Catch::Contains(std::string("  ") + command + " "));
    const ProcessResult own = collect({command, "--help"});
    CHECK(own.exit_code == 0);
    CHECK_THAT(own.out, Catch::Contains(std::string("\nUsage: dotdiag-collect ") + command + " [OPTIONS]"));
  }
}

TEST_CASE("misuse ends with 2 and says what to do") {
  CHECK(collect({}).exit_code == 2);
  CHECK(collect({"dumps"}).err == "dotdiag-collect: unknown command 'dumps': see --help\n");
  CHECK(collect({"gcdump"}).err == "dotdiag-collect: where to? give --output FILE\n");
  CHECK(collect({"ps", "--format", "xml"}).exit_code == 2);
}

TEST_CASE("info says what the runtime says") {
  const FakeRuntime runtime(recorded(""));
  const ProcessResult result = collect({"info", "--socket", runtime.path(), "--format", "json"});
  const auto info = nlohmann::json::parse(result.out);
  CHECK(info.at("assembly") == "azmcp");
  CHECK(info.at("version") == "10.0.9");
  CHECK(info.at("runtime") == "linux-x64");
  CHECK(runtime.problems() == "");
}

TEST_CASE("cost says what a heap snapshot and a dump would take, and asks for neither") {
  const FakeRuntime runtime(recorded(""));
  const auto cost = nlohmann::json::parse(collect({"cost", "--socket", runtime.path(), "--format", "json"}).out);
  CHECK(cost.at("process") == "azmcp (pid 1, .NET 10.0.9)");
  CHECK(cost.at("heapBufferBytes") == 67108864);
  CHECK(cost.contains("dumpWay"));
  CHECK(runtime.problems() == "");
}

TEST_CASE("env prints names, and values only when asked") {
  const FakeRuntime runtime(recorded(""));
  const ProcessResult names = collect({"env", "--socket", runtime.path()});
  CHECK_THAT(names.out, Catch::Contains("SECRET_TEST\n") && !Catch::Contains("hunter2"));
  CHECK_THAT(collect({"env", "--values", "--socket", runtime.path()}).out, Catch::Contains("SECRET_TEST=hunter2\n"));
}

TEST_CASE("heap prints a table of a whole snapshot, and says of another that it is none") {
  const FakeRuntime whole(recorded(capture("heap.net10.nettrace")));
  const ProcessResult table = collect({"heap", "--socket", whole.path(), "--top", "1"});
  CHECK(table.exit_code == 0);
  CHECK_THAT(table.out, Catch::Contains("1 153 344        8  OpenTelemetry.Metrics.MetricPoint[]\n"));
  CHECK(whole.problems() == "");
  const FakeRuntime lossy(recorded(capture("heap-lossy.net10.nettrace")));
  const ProcessResult gaps = collect({"heap", "--socket", lossy.path()});
  CHECK(gaps.exit_code == 1);
  CHECK_THAT(gaps.err, Catch::StartsWith("THIS SNAPSHOT IS NOT WHOLE"));
}

TEST_CASE("heap saves its figures, and shows later what grew since") {
  const FakeRuntime runtime(recorded(capture("heap.net10.nettrace")));
  const TemporaryDirectory directory;
  CHECK(collect({"heap", "--socket", runtime.path(), "--save", directory / "before"}).exit_code == 0);
  const ProcessResult same = collect({"heap", "--socket", runtime.path(), "--diff", directory / "before"});
  CHECK(same.exit_code == 0);
  CHECK_THAT(same.out, Catch::Contains("+0       +0  all types: 6 806 608 bytes, now 6 806 608\n"));
  CHECK(collect({"heap", "--socket", runtime.path(), "--diff", directory / "none"}).exit_code == 2);
}

TEST_CASE("stacks shows every thread") {
  const FakeRuntime runtime(recorded(capture("stacks.net10.nettrace")));
  const auto groups = nlohmann::json::parse(collect({"stacks", "--socket", runtime.path(), "--format", "json"}).out);
  std::size_t threads = 0;
  for (const auto& group : groups)
    threads += group.at("threads").size();
  CHECK(threads == 13);
  CHECK(runtime.problems() == "");
}

TEST_CASE("trace writes the stream as it is, and repairs one that was cut") {
  const TemporaryDirectory directory;
  const std::string path = directory / "trace.nettrace";
  const auto written = [&] {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const std::string whole = capture("counters.net10.nettrace");
  const FakeRuntime runtime(recorded(whole));
  CHECK(collect({"trace", "--socket", runtime.path(), "-o", path}).exit_code == 0);
  CHECK(written() == whole);
  const FakeRuntime dying(recorded(whole.substr(0, whole.size() / 2)));
  const ProcessResult result = collect({"trace", "--socket", dying.path(), "-o", path});
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.err, Catch::Contains("the process ended before"));
  CHECK(written().back() == '\1');
  CHECK(written().size() < whole.size() / 2 + 2);
}

TEST_CASE("a recording that can take much of the process's memory is not begun without consent") {
  const FakeRuntime runtime(recorded(capture("counters.net10.nettrace")));
  const TemporaryDirectory directory;
  const std::vector<std::string> words = {"trace", "--socket", runtime.path(), "--buffer",
                                          "2000",  "-o",       directory / "x"};
  const ProcessResult result = collect(words);
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, Catch::Contains("the session's buffer can take 2000 MB of the memory of the process"));
  CHECK(runtime.requests() == 1);
  std::vector<std::string> with_consent = words;
  with_consent.emplace_back("--yes");
  CHECK(collect(with_consent).exit_code == 0);
}

TEST_CASE("a signal stops a recording properly") {
  const int signal = GENERATE(SIGINT, SIGTERM, SIGHUP);
  std::atomic<bool> stopped = false, ended = false;
  const std::string whole = capture("counters.net10.nettrace");
  const FakeRuntime runtime([&](const FakeConnection& connection) {
    if (connection.command() == 0x408) return void(connection.send(capture("processinfo3.net10.resp.bin")));
    if (connection.command() == 0x201) {
      stopped = true;
      return void(connection.send(answer(0, connection.request().substr(20))));
    }
    connection.send(answer(0, std::string("\1\0\0\0\0\0\0\0", 8)) + whole.substr(0, 5000));
    while (!stopped && !ended)
      std::this_thread::sleep_for(1ms);
    connection.send(whole.substr(5000));
  });
  const TemporaryDirectory directory;
  Process process({program, "trace", "--socket", runtime.path(), "-o", directory / "trace.nettrace", "-d", "1h"});
  while (runtime.requests() < 2)
    std::this_thread::sleep_for(1ms);
  process.signal(signal);
  const bool in_time = process.wait(30s);
  ended = true;
  REQUIRE(in_time);
  CHECK(process.result().exit_code == 0);
  CHECK(stopped);
  CHECK(std::filesystem::file_size(directory / "trace.nettrace") == whole.size());
}

TEST_CASE("counters are printed once when that is all that is asked for") {
  const FakeRuntime runtime(recorded(capture("counters.net10.nettrace")));
  const ProcessResult result = collect({"counters", "--once", "--socket", runtime.path(), "--format", "csv"});
  CHECK(result.exit_code == 0);
  CHECK(std::count(result.out.begin(), result.out.end(), '\n') == 1 + 27);
  CHECK(runtime.problems() == "");
}

TEST_CASE("a runtime that does not answer is named as such, in time") {
  const FakeRuntime runtime([](const FakeConnection& connection) { connection.wait_for_end(); });
  const ProcessResult result = collect({"info", "--timeout", "1s", "--socket", runtime.path()});
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, Catch::Contains("does not answer: another tool holds its diagnostics server"));
}

TEST_CASE("resume asks the runtime to go on") {
  const FakeRuntime runtime(recorded(""));
  CHECK(collect({"resume", "--socket", runtime.path()}).exit_code == 0);
  CHECK(runtime.problems() == "");
}

TEST_CASE("wait ends by itself and by a signal") {
  CHECK(collect({"wait", "--for", "0s"}).exit_code == 0);
  Process process({program, "wait"});
  std::this_thread::sleep_for(200ms);
  process.signal(SIGTERM);
  CHECK(process.wait(30s));
}

TEST_CASE("cat packs a file so that a cut is noticed") {
  const TemporaryDirectory directory;
  const std::string path = directory.write("file", std::string(100'000, 'a'));
  CHECK(collect({"cat", path}).out.starts_with("\x28\xB5\x2F\xFD"));
  CHECK(collect({"cat", directory / "none"}).exit_code == 2);
}
