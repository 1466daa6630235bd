#include "linter/render/child_process.hpp"

#include "tests/support/eventually.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <thread>

using namespace dotdiag;

namespace {

constexpr const char* shell = "/bin/sh";

ChildResult run(const std::string& script, ChildLimits limits = {}) {
  return run_child({shell, "-c", script}, {"PATH=/usr/bin:/bin", "A=1"}, limits);
}

}  // namespace

TEST_CASE("a child's output and exit code are kept, and it has the environment that it is given") {
  const ChildResult result = run("echo out $A $HOME; echo err >&2; exit 3");
  CHECK(result.out == "out 1\n");
  CHECK(result.err == "err\n");
  CHECK(result.exit_code == 3);
  CHECK(result.problem.empty());
}

TEST_CASE("a child has no standard input to wait for") {
  CHECK(run("cat; echo done").out == "done\n");
}

TEST_CASE("a child that never ends is killed, with all that it started") {
  const test::TemporaryDirectory directory;
  const std::string started = directory / "started";
  const ChildResult result =
      run("sleep 600 & echo $! > " + started + "; (while :; do sleep 1; done) & wait", {std::chrono::seconds(2)});
  CHECK(result.problem == "did not end within 2 s");
  std::string grandchild;
  REQUIRE(std::ifstream(started) >> grandchild);
  CHECK(test::eventually([&] { return !std::filesystem::exists("/proc/" + grandchild + "/exe"); }));
}

TEST_CASE("a child that closes its output and stays is killed too") {
  CHECK(run("exec >&- 2>&-; sleep 60", {std::chrono::milliseconds(500)}).problem != "");
}

TEST_CASE("what a child leaves behind is not waited for") {
  const auto begin = std::chrono::steady_clock::now();
  const ChildResult result = run("sleep 60 & echo done");
  CHECK(result.out == "done\n");
  CHECK(result.problem.empty());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

TEST_CASE("a child that writes without end is stopped") {
  ChildLimits limits;
  limits.bytes = 1 << 20;
  const ChildResult result = run("while :; do echo 0123456789012345678901234567890123456789; done", limits);
  CHECK(result.problem == "wrote more than 1 MiB");
  CHECK(result.out.size() <= limits.bytes);
  CHECK(run("i=0; while [ $i -lt 9999 ]; do echo 0123456789 >&2; i=$((i+1)); done").err.size() <= 1 << 16);
}

TEST_CASE("a program that cannot be started is a problem") {
  CHECK(run_child({"/nonexistent"}, {}, {}).problem == "cannot be started");
  CHECK_FALSE(find_program("no-such-program-anywhere"));
  CHECK(find_program("sh"));
}

TEST_CASE("of what went wrong the innermost is told, without what differs from run to run") {
  CHECK(complaint("level=debug\nError: values are missing\nUse --debug\n") == "values are missing");
  CHECK(complaint(
            "E1128 19:41:48.181438   10406 run.go:72] \"command failed\" err=\"accumulating resources: accumulation "
            "err='x': recursed accumulation of path '/r/k': env source files: [.env]: no such file\"\n") ==
        "env source files: [.env]: no such file");
  CHECK(complaint(std::string(1000, 'x')) == std::string(297, 'x') + "...");
  CHECK(complaint("") == "");
}
