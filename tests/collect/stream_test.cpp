// The command `stream`: another command's answer in frames, for as long as somebody holds its standard input.
#include "core/transfer/frame_reader.hpp"
#include "tests/core/diagnostics/captures.hpp"
#include "tests/core/diagnostics/fake_runtime.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::test;
using namespace dotdiag::transfer;

namespace {

const std::string collector = build_path("collect/dotdiag-collect");

struct Streamed {
  int exit_code = -1;
  bool is_whole = false;
  Ending ending;
  std::string data, messages, progress, problem;
};

Streamed read(const ProcessResult& result) {
  Streamed streamed;
  FrameReader reader([&](FrameKind kind, std::string_view bytes) {
    (kind == FrameKind::data      ? streamed.data
     : kind == FrameKind::message ? streamed.messages
                                  : streamed.progress) += bytes;
  });
  reader.feed(result.out);
  streamed.exit_code = result.exit_code;
  streamed.is_whole = reader.is_whole();
  streamed.problem = reader.problem();
  if (reader.is_whole()) streamed.ending = reader.ending();
  return streamed;
}

/// Somebody holds its standard input until it has ended.
Streamed held(const std::string& command) {
  const TemporaryDirectory directory;
  const std::string script =
      "mkfifo \"$0\"; exec 3<>\"$0\"; " + std::string(collector) + " stream -- " + command + " <&3";
  return read(run_process({"sh", "-c", script, directory / "held"}));
}

FakeRuntime::Script net10() {
  return [](const FakeConnection& connection) {
    connection.send(capture(connection.command() == 0x408 ? "processinfo3.net10.resp.bin" : "resume.net10.resp.bin"));
  };
}

}  // namespace

TEST_CASE("a command's answer comes whole, with its exit code") {
  const FakeRuntime runtime(net10());
  const Streamed info = held("info --format json --socket " + runtime.path());
  CHECK(info.problem == "");
  CHECK(info.ending.exit_code == 0);
  CHECK(info.exit_code == 0);
  CHECK_THAT(info.data, Catch::Contains("\"assembly\":\"azmcp\""));
}

TEST_CASE("what a command says on its standard error comes apart from its answer") {
  const Streamed misuse = held("dumps");
  CHECK(misuse.is_whole);
  CHECK(misuse.ending.exit_code == 2);
  CHECK(misuse.data == "");
  CHECK(misuse.messages == "dotdiag-collect: unknown command 'dumps': see --help\n");
}

TEST_CASE("a command that nobody listens to any longer is ended") {
  const auto begin = std::chrono::steady_clock::now();
  const Streamed wait = read(run_process({collector, "stream", "--", "wait", "--for", "1h"}));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(60));
  CHECK(wait.is_whole);  // the connection may be there all the same
  CHECK(wait.ending.exit_code == 130);
}

TEST_CASE("the end of the one that streams is the end of the command") {
  const TemporaryDirectory directory;
  const std::string script = "mkfifo \"$0\"; exec 3<>\"$0\"; exec " + std::string(collector) + " stream -- wait <&3";
  Process process({"sh", "-c", script, directory / "held"});
  const std::string pid = std::to_string(process.pid());
  const auto children = [&] {
    std::string child;
    std::ifstream("/proc/" + pid + "/task/" + pid + "/children") >> child;
    return child;
  };
  REQUIRE(eventually([&] { return !children().empty(); }));
  const std::string child = children();
  process.signal(SIGKILL);
  CHECK(process.wait(std::chrono::seconds(30)));
  CHECK(eventually([&] { return !std::filesystem::exists("/proc/" + child + "/exe"); }));
}

TEST_CASE("stream without a command is misuse") {
  CHECK(run_process({collector, "stream"}).exit_code == 2);
}
