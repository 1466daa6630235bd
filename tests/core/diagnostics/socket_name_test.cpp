// The names that runtimes give their sockets, also where a name has no room.
#include "core/diagnostics/socket_name.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::diagnostics;

TEST_CASE("a socket is called by pid and start") {
  CHECK(socket_name("/tmp", 1, 408848) == "dotnet-diagnostic-1-408848-socket");
  CHECK(socket_name("/tmp/", 1, 408848) == "dotnet-diagnostic-1-408848-socket");
}

TEST_CASE("a name is cut off where a socket's address ends") {
  CHECK(socket_name(std::string(72, 'd'), 17, 408848) == "dotnet-diagnostic-17-408848-socket");
  CHECK(socket_name(std::string(75, 'd'), 17, 408848) == "dotnet-diagnostic-17-408848-soc");
  CHECK(socket_name(std::string(80, 'd'), 17, 408848) == "dotnet-diagnostic-17-40884");
  CHECK(socket_name(std::string(102, 'd'), 17, 408848) == std::nullopt);
}

TEST_CASE("pid and key are read from a name, cut off or not") {
  struct Example {
    std::string name;
    int inner_pid;
    std::optional<std::uint64_t> key;
  };
  const auto example = GENERATE(values<Example>({
      {"dotnet-diagnostic-1-408848-socket", 1, 408848},
      {"dotnet-diagnostic-4648-0-socket", 4648, 0},
      {"dotnet-diagnostic-17-408848-sock", 17, 408848},
      {"dotnet-diagnostic-17-408848-", 17, 408848},
      {"dotnet-diagnostic-17-4088", 17, std::nullopt},
      {"dotnet-diagnostic-17-", 17, std::nullopt},
  }));
  const auto parsed = parse_socket_name(example.name);
  REQUIRE(parsed);
  CHECK(parsed->inner_pid == example.inner_pid);
  CHECK(parsed->key == example.key);
}

TEST_CASE("other files are not taken for sockets") {
  for (const char* name : {"dotnet-diagnostic-", "dotnet-diagnostic-x-1-socket", "dotnet-diagnostic-1",
                           "dotnet-diagnostic-1-2-other", "clr-debug-pipe-1-2-in", "dotnet-diagnostic--1-2-socket"})
    CHECK_FALSE(parse_socket_name(name));
}
