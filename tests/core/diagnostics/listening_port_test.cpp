// A port that runtimes connect to, with runtimes of the test's own.
#include "core/diagnostics/listening_port.hpp"

#include "core/diagnostics/client.hpp"
#include "core/diagnostics/failure.hpp"
#include "tests/core/diagnostics/captures.hpp"
#include "tests/core/diagnostics/fake_runtime.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::diagnostics;
using namespace dotdiag::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* recorded_cookie = "d18cf4fd-8c2a-427a-8fe4-78770ce5d961";

Deadline soon() {
  return Deadline::in(5s);
}

/// Connects, says who it is, and answers one request.
void serve_once(const std::string& path) {
  Connection connection = Connection::to(path, soon());
  connection.send(capture("advertise.net10.bin"), soon());
  const std::string request = connection.receive(20, soon());
  CHECK(request_problem(request) == "");
  connection.send(capture("processinfo3.net10.resp.bin"), soon());
}

}  // namespace

TEST_CASE("the recorded advertise is read") {
  const Advertise runtime = parse_advertise(capture("advertise.net10.bin"));
  CHECK(runtime.cookie == recorded_cookie);
  CHECK(runtime.pid == 19890);
  CHECK_THROWS_AS(parse_advertise(std::string(34, 'x')), Failure);
}

TEST_CASE("each connection of a runtime serves one request, and the next one the next") {
  const TemporaryDirectory directory;
  ListeningPort port(directory / "port");
  std::thread runtime([&] {
    serve_once(directory / "port");
    serve_once(directory / "port");
  });
  const auto runtimes = port.wait_for_runtimes(0, soon());
  REQUIRE(runtimes.size() == 1);
  CHECK(runtimes[0].cookie == recorded_cookie);
  PortAddress address(port, recorded_cookie);
  Client client(address);
  CHECK(client.process_info().clr_version == "10.0.9");
  CHECK(client.process_info().clr_version == "10.0.9");
  runtime.join();
  CHECK(port.wait_for_runtimes(0, soon()).size() == 1);
}

TEST_CASE("who says nothing, or something else, is no runtime and disturbs none") {
  const TemporaryDirectory directory;
  ListeningPort port(directory / "port");
  Connection other = Connection::to(directory / "port", soon());
  other.send(std::string(34, 'x'), soon());
  std::thread runtime([&] { serve_once(directory / "port"); });
  CHECK(port.wait_for_runtimes(0, soon()).size() == 1);
  PortAddress address(port, recorded_cookie);
  CHECK(Client(address).process_info().variant == 3);
  runtime.join();
}

TEST_CASE("a runtime that has gone is not waited for beyond the time limit") {
  const TemporaryDirectory directory;
  ListeningPort port(directory / "port");
  { Connection::to(directory / "port", soon()).send(capture("advertise.net10.bin"), soon()); }
  CHECK(port.wait_for_runtimes(0, soon()).size() == 1);
  CHECK_THROWS_WITH(port.take(recorded_cookie, Deadline::in(100ms)), Catch::Contains("the process has ended"));
}

TEST_CASE("a stale socket is replaced; a file, and a socket in use, are not") {
  const TemporaryDirectory directory;
  directory.write("file", "mine");
  CHECK_THROWS_WITH(ListeningPort(directory / "file"), Catch::Contains("it is there and no socket"));
  {
    const ListeningPort port(directory / "port");
    CHECK_THROWS_WITH(ListeningPort(directory / "port"), Catch::Contains("somebody listens there already"));
    std::filesystem::rename(directory / "port", directory / "moved");
  }
  CHECK_NOTHROW(ListeningPort(directory / "moved"));
  CHECK_FALSE(std::filesystem::exists(directory / "moved"));
}
