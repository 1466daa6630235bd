// Finding .NET processes and their sockets, in a /proc of the test's own.
#include "core/diagnostics/discovery.hpp"

#include "core/diagnostics/no_socket.hpp"
#include "tests/core/diagnostics/fake_proc.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

using namespace dotdiag::diagnostics;
using namespace dotdiag::test;
using namespace std::string_literals;

namespace {

/// The only process that is found.
DotnetProcess only(const FakeProc& proc, const std::vector<std::string>& directories = {}) {
  const Discovery discovery = discover({proc.path(), directories});
  REQUIRE(discovery.processes.size() == 1);
  return discovery.processes[0];
}

}  // namespace

TEST_CASE("a socket is found by the pid that the process itself sees") {
  const FakeProc proc;
  const std::string root = proc.add({4648, 1, "", std::string(coreclr_map)});
  leave_socket(root + "/tmp", "dotnet-diagnostic-1-408848-socket");
  const DotnetProcess process = only(proc);
  CHECK(process.pid == 4648);
  CHECK(process.inner_pid == 1);
  CHECK(process.socket == root + "/tmp/dotnet-diagnostic-1-408848-socket");
  CHECK(process.problem == "");
  CHECK(process.coreclr == "/usr/share/dotnet/libcoreclr.so");
}

TEST_CASE("a socket is looked for in the process's own temporary directory") {
  const FakeProc proc;
  const std::string root = proc.add({7, 7, "TMPDIR=/var/app/\0"s, ""});
  leave_socket(root + "/var/app", "dotnet-diagnostic-7-408848-socket");
  CHECK(only(proc).socket == root + "/var/app/dotnet-diagnostic-7-408848-socket");
}

TEST_CASE("of several sockets the one with the process's start is taken, not a dead namesake's") {
  const FakeProc proc;
  const std::string root = proc.add({7, 1, "", ""});
  leave_socket(root + "/tmp", "dotnet-diagnostic-1-408848-socket");
  leave_socket(root + "/tmp", "dotnet-diagnostic-1-999999-socket");
  leave_socket(root + "/tmp", "dotnet-diagnostic-11-408848-socket");
  CHECK(only(proc).socket == root + "/tmp/dotnet-diagnostic-1-408848-socket");
}

TEST_CASE("a cut-off name and a shifted clock are matched by the pid") {
  const auto name = GENERATE(as<std::string>{}, "dotnet-diagnostic-7-40", "dotnet-diagnostic-7-909209-socket");
  const FakeProc proc;
  const std::string root = proc.add({7, 7, "", ""});
  leave_socket(root + "/tmp", name);
  CHECK(only(proc).socket == root + "/tmp/" + name);
}

TEST_CASE("where there is no socket the reason is named") {
  struct Example {
    std::string environment, problem;
  };
  const auto example = GENERATE(values<Example>({
      {"DOTNET_EnableDiagnostics=0\0"s, "its diagnostics are switched off by DOTNET_EnableDiagnostics=0"},
      {"COMPlus_EnableDiagnostics=0\0"s, "its diagnostics are switched off by COMPlus_EnableDiagnostics=0"},
      {"DOTNET_EnableDiagnostics_IPC=0\0"s, "its diagnostics are switched off by DOTNET_EnableDiagnostics_IPC=0"},
      {"TMPDIR=/"s + std::string(101, 'd') + "\0"s, "TMPDIR is too long for a socket's name"},
      {"A=1\0"s, "no socket in /tmp"},
  }));
  const FakeProc proc;
  proc.add({7, 7, example.environment, std::string(coreclr_map)});
  const DotnetProcess process = only(proc);
  CHECK(process.socket == "");
  CHECK(process.problem.starts_with(example.problem));
}

TEST_CASE("a single file whose diagnostics are switched off is known by its compiled code") {
  const FakeProc proc;
  proc.add({7, 7, "DOTNET_EnableDiagnostics=0\0"s, "7f00-7f01 rw-s 0 00:01 1 /memfd:doublemapper (deleted)\n"});
  CHECK(only(proc).problem.starts_with("its diagnostics are switched off by DOTNET_EnableDiagnostics=0"));
}

TEST_CASE("a process of our own user that may not be looked into has more capabilities than we") {
  DotnetProcess process;
  process.status.uid = ::geteuid();
  process.status.gid = ::getegid();
  process.temporary_directory = "/tmp";
  CHECK_THAT(why_refused(process), Catch::Contains("as we do, but has capabilities that we lack"));
}

TEST_CASE("debugger pipes without a socket say that only the socket is off") {
  const FakeProc proc;
  const std::string root = proc.add({7, 7, "", ""});
  std::ofstream(root + "/tmp/clr-debug-pipe-7-408848-in") << "";
  CHECK(only(proc).problem.starts_with("it has debugger pipes but no socket in /tmp"));
}

TEST_CASE("processes that are not .NET are not listed") {
  const FakeProc proc;
  proc.add({7, 7, "", "00400000-00401000 r-xp 0 08:01 1 /usr/bin/bash\n"});
  CHECK(discover({proc.path(), {}}).processes.empty());
}

TEST_CASE("a process that may not be looked into is counted, and says who may") {
  const FakeProc proc;
  proc.add({7, 7, "", ""});
  std::filesystem::remove(proc.path() + "/7/maps");
  const Discovery discovery = discover({proc.path(), {}});
  CHECK(discovery.processes.empty());
  REQUIRE(discovery.hidden.size() == 1);
  CHECK(discovery.hidden[0].problem.starts_with("it runs as 1:1, we as "));
}

TEST_CASE("a socket in a shared volume counts for the process with its start, else stands alone") {
  const FakeProc proc;
  proc.add({7, 1, "", std::string(coreclr_map)});
  const TemporaryDirectory volume;
  leave_socket(volume.path().string(), "dotnet-diagnostic-1-408848-socket");
  CHECK(only(proc, {volume.path().string()}).socket == volume / "dotnet-diagnostic-1-408848-socket");
  leave_socket(volume.path().string(), "dotnet-diagnostic-1-5-socket");
  const Discovery both = discover({proc.path(), {volume.path().string()}});
  REQUIRE(both.processes.size() == 2);
  CHECK(both.processes[1].pid == 0);
  CHECK(both.processes[1].inner_pid == 1);
  CHECK(both.processes[1].socket == volume / "dotnet-diagnostic-1-5-socket");
}
