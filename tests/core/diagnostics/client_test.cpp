// Asking a runtime that answers, one that refuses, one that is silent, and one that says anything at all.
#include "core/diagnostics/client.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/failure.hpp"
#include "tests/core/diagnostics/captures.hpp"
#include "tests/core/diagnostics/fake_proc.hpp"
#include "tests/core/diagnostics/fake_runtime.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace dotdiag::diagnostics;
using namespace dotdiag::test;
using namespace std::chrono_literals;

namespace {

/// What asking for process information comes to, in words.
std::string asked(const std::string& path, std::chrono::milliseconds limit = 5s) {
  SocketAddress address(path);
  try {
    const ProcessInfo info = Client(address, limit).process_info();
    return "variant " + std::to_string(info.variant);
  } catch (const Failure& failure) {
    return failure.what();
  }
}

constexpr std::uint32_t unknown_command = 0x80131385;

}  // namespace

TEST_CASE("the newest form of ProcessInfo that the runtime knows is asked for") {
  const auto known = GENERATE(0, 1, 2, 3);
  const FakeRuntime runtime([known](const FakeConnection& connection) {
    const int variant = connection.command() == 0x408 ? 3 : connection.command() == 0x404 ? 2 : 1;
    if (variant > known) return void(connection.send(refusal(unknown_command)));
    connection.send(capture("processinfo" + std::to_string(variant) + ".net10.resp.bin"));
  });
  CHECK(asked(runtime.path()) == "variant " + std::to_string(known));
  CHECK(runtime.problems() == "");
}

TEST_CASE("the environment follows its answer on the same connection") {
  const FakeRuntime runtime([](const FakeConnection& connection) {
    const std::string bytes = capture("processenvironment.net10.resp.bin");
    connection.send(bytes.substr(0, 30));
    std::this_thread::sleep_for(20ms);
    connection.send(bytes.substr(30));
  });
  SocketAddress address(runtime.path());
  CHECK(Client(address).environment().size() == 7);
  CHECK(runtime.problems() == "");
}

TEST_CASE("a runtime that does not answer is left in peace within the time limit") {
  const FakeRuntime runtime([](const FakeConnection& connection) { connection.wait_for_end(); });
  const auto begin = std::chrono::steady_clock::now();
  CHECK(asked(runtime.path(), 200ms) ==
        "ProcessInfo3: the runtime accepted the connection but does not answer: another tool holds its diagnostics "
        "server, or the process is stopped");
  CHECK(std::chrono::steady_clock::now() - begin < 20s);
}

TEST_CASE("a runtime that sends a byte now and then does not outlast the time limit") {
  const FakeRuntime runtime([](const FakeConnection& connection) {
    const std::string bytes = capture("processinfo3.net10.resp.bin");
    for (std::size_t i = 0; i < bytes.size() && connection.send(bytes.substr(i, 1)); ++i)
      std::this_thread::sleep_for(20ms);  // so all of it would take seconds
  });
  CHECK(asked(runtime.path(), 200ms).find("does not answer") != std::string::npos);
}

TEST_CASE("a runtime that closes the connection is said to have done so") {
  const auto sent = GENERATE(0, 5, 20, 40);
  const FakeRuntime runtime([sent](const FakeConnection& connection) {
    connection.send(capture("processinfo3.net10.resp.bin").substr(0, static_cast<std::size_t>(sent)));
  });
  CHECK(asked(runtime.path()) ==
        "ProcessInfo3: the runtime closed the connection without an answer: the process may have ended or crashed");
}

TEST_CASE("what stands in the way of a connection is named") {
  const TemporaryDirectory directory;
  CHECK_THAT(asked(directory / "none"), Catch::Contains("there is no such socket"));
  leave_socket(directory.path().string(), "stale");
  CHECK_THAT(asked(directory / "stale"), Catch::Contains("nobody listens behind it"));
}

TEST_CASE("a socket whose path is longer than an address can be is reached") {
  const FakeRuntime runtime([](const FakeConnection& connection) { connection.send(refusal(unknown_command)); });
  const std::filesystem::path socket = runtime.path();
  std::string path = socket.parent_path().string();
  while (path.size() < 200)
    path += "/.";
  CHECK(asked(path + "/" + socket.filename().string()) == "variant 0");
}

TEST_CASE("whatever comes as an answer, there is an error in words, in time, and no request that is not well-formed") {
  std::mt19937 random(1);
  std::mutex mutex;
  const std::string good = capture("processinfo3.net10.resp.bin");
  const FakeRuntime runtime([&](const FakeConnection& connection) {
    std::string bytes;
    {
      const std::lock_guard lock(mutex);
      bytes = good.substr(0, random() % 3 == 0 ? random() % good.size() : good.size());
      for (auto changes = random() % 6; changes > 0 && !bytes.empty(); --changes)
        bytes[random() % bytes.size()] = static_cast<char>(random());
      if (random() % 4 == 0)
        for (char& byte : bytes)
          byte = static_cast<char>(random());
    }
    connection.send(bytes);
  });
  SocketAddress address(runtime.path());
  Client client(address, 2s);
  const std::vector<Request> requests = {process_info_request(3), process_environment_request(), stop_request(1),
                                         dump_request(3, "/tmp/a", DumpType::full)};
  for (std::size_t i = 0; i < 10'000; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    try {
      if (i % 3 == 0)
        client.process_info();
      else if (i % 3 == 1)
        client.environment();
      else
        client.ask(requests[i % requests.size()]);
    } catch (const Failure& failure) {
      REQUIRE(std::string(failure.what()).size() > 10);
    }
    REQUIRE(std::chrono::steady_clock::now() - begin < 10s);
  }
  CHECK(runtime.problems() == "");
  CHECK(runtime.requests() >= 10'000);
}
