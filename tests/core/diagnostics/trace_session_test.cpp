// Sessions: whatever the runtime does, the stream is read, the stop ends, and nobody waits for ever.
#include "core/diagnostics/trace_session.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/failure.hpp"
#include "tests/core/diagnostics/captures.hpp"
#include "tests/core/diagnostics/fake_runtime.hpp"
#include "tests/support/eventually.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::diagnostics;
using namespace dotdiag::test;
using namespace std::chrono_literals;

namespace {

constexpr unsigned stop_command = 0x201, collect_4 = 0x205;
constexpr std::uint64_t id = 0x8877665544332211;

std::string session_answer() {
  return answer(0, ByteWriter().u64(id).bytes());
}

SessionWish wish() {
  SessionWish wish;
  wish.providers = {{"Some.Provider", 1, 4, ""}};
  return wish;
}

/// A runtime whose stream is `first`, and `second` once the session was asked to stop.
class Streaming {
 public:
  Streaming(std::string first, std::string second)
      : runtime_([this, first = std::move(first), second = std::move(second)](const FakeConnection& connection) {
          if (connection.command() == stop_command) {
            stopped_ = true;
            connection.send(answer(0, connection.request().substr(20)));
            return;
          }
          connection.send(session_answer() + first);
          while (!stopped_ && !ended_)
            std::this_thread::sleep_for(1ms);
          connection.send(second);
        }) {}
  ~Streaming() { ended_ = true; }

  std::string path() const { return runtime_.path(); }
  const FakeRuntime& runtime() const { return runtime_; }

 private:
  std::atomic<bool> stopped_ = false, ended_ = false;
  FakeRuntime runtime_;
};

}  // namespace

TEST_CASE("a session gives every byte of the stream, also those that come after the stop") {
  const std::string bytes = capture("heap.netcore31.nettrace");
  const Streaming streaming(bytes.substr(0, 1000), bytes.substr(1000));
  SocketAddress address(streaming.path());
  Client client(address);
  std::string received;
  TraceSession session(client, {}, wish(), [&](std::string_view piece) { received += piece; });
  CHECK_FALSE(session.wait(50ms));
  session.stop();
  session.finish(5s);
  CHECK(received == bytes);
  CHECK(session.received() == bytes.size());
  CHECK(streaming.runtime().problems() == "");
}

TEST_CASE("the form of the request is the one the runtime's version knows") {
  CHECK(collect_request({3, 1, 23}, wish()).name() == "CollectTracing2");
  CHECK(collect_request({8, 0, 0}, wish()).name() == "CollectTracing2");
  CHECK(collect_request({9, 0, 0}, wish()).name() == "CollectTracing4");
  CHECK(collect_request({10, 0, 9}, wish()).name() == "CollectTracing4");
}

TEST_CASE("a preview that does not know the newer request gets the older one") {
  const FakeRuntime runtime([](const FakeConnection& connection) {
    connection.send(connection.command() == collect_4 ? refusal(0x80131385) : session_answer());
  });
  SocketAddress address(runtime.path());
  Client client(address);
  TraceSession session(client, {9, 0, 0}, wish(), [](std::string_view) {});
  CHECK_NOTHROW(session.finish(5s));
  CHECK(runtime.requests() == 2);
}

TEST_CASE("a session that the runtime refuses says why") {
  const FakeRuntime runtime([](const FakeConnection& connection) { connection.send(refusal(0x80004005)); });
  SocketAddress address(runtime.path());
  Client client(address);
  CHECK_THROWS_WITH(TraceSession(client, {}, wish(), [](std::string_view) {}),
                    Catch::Contains("if 64 sessions are open already, end one"));
}

TEST_CASE("a runtime that hangs while stopping is left, in time and in words") {
  const FakeRuntime runtime([](const FakeConnection& connection) {
    if (connection.command() != stop_command) connection.send(session_answer() + "Nettrace");
    connection.wait_for_end();
  });
  SocketAddress address(runtime.path());
  Client client(address);
  TraceSession session(client, {}, wish(), [](std::string_view) {});
  session.stop();
  const auto begin = std::chrono::steady_clock::now();
  CHECK_THROWS_WITH(session.finish(1s), Catch::Contains("nothing came for 1 s"));
  CHECK(std::chrono::steady_clock::now() - begin < 30s);
}

TEST_CASE("a process that ends meanwhile ends the session without an error") {
  const FakeRuntime runtime([](const FakeConnection& connection) {
    if (connection.command() != stop_command) connection.send(session_answer() + "Nettrace");
  });
  SocketAddress address(runtime.path());
  Client client(address);
  std::string received;
  TraceSession session(client, {}, wish(), [&](std::string_view piece) { received += piece; });
  CHECK(session.wait(5s));
  session.stop();
  CHECK_NOTHROW(session.finish(5s));
  CHECK(received == "Nettrace");
}

TEST_CASE("what the sink throws ends the session and is thrown where it is finished") {
  const Streaming streaming("Nettrace", "");
  SocketAddress address(streaming.path());
  Client client(address);
  TraceSession session(client, {}, wish(), [](std::string_view) { throw std::runtime_error("no space left"); });
  CHECK_THROWS_WITH(session.finish(5s), "no space left");
}

TEST_CASE("a session that goes out of scope closes its stream") {
  std::atomic<bool> saw_end = false;
  const FakeRuntime runtime([&](const FakeConnection& connection) {
    connection.send(session_answer());
    connection.wait_for_end();
    saw_end = true;
  });
  SocketAddress address(runtime.path());
  Client client(address);
  {
    const TraceSession session(client, {}, wish(), [](std::string_view) {});
  }
  CHECK(eventually([&] { return saw_end.load(); }));
}
