// Runs the runbook's search for the process against a /proc of files, with a kubectl that runs the command right here.
#include "core/ephemeral/output.hpp"
#include "tests/core/ephemeral/prepared_pod.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <sstream>

namespace dotdiag::test {
namespace {

constexpr const char* framework = "/usr/share/dotnet/shared/Microsoft.NETCore.App/9.0.1";

class FakeProc {
 public:
  FakeProc() {
    make_program("bin/kubectl",
                 "#!/bin/sh\ncase \"$*\" in *' collect '*) echo collect; exit ;; esac\n"
                 "while [ \"$1\" != -- ]; do shift; done; shift\nexec \"$@\"\n");
    // A shell that is root's, and may not be looked into; the application is its child.
    directory_.write("proc/1/status", "Uid:\t0\n");
    directory_.write("proc/7/root/tmp/dotnet-diagnostic-7-384766-socket", "");
  }

  void map(const std::string& file) const {
    directory_.write("proc/7/maps",
                     "55d0-55d1 r-xp 00000000 00:8a 10264818      /usr/bin/dotnet\n"
                     "7f10-7f20 rw-p 00000000 00:00 0 \n7f20-7f30 r-xp 00000000 00:8a 10264819      " +
                         file + "\n");
  }

  void make_program(const std::string& name, const std::string& text) const {
    std::filesystem::permissions(directory_.write(name, text), std::filesystem::perms::owner_all);
  }
  void write(const std::string& name) const { directory_.write(name, ""); }

  /// What the commands print that search, check and collect; paths as they would be on a node.
  std::string run() const {
    Json pod = prepared_pod("dotnet-dump");
    pod["spec"].erase("shareProcessNamespace");
    std::istringstream lines(write_next_steps(plan_for("dotnet-dump", pod, in_mode(DebugMode::procroot))));
    std::string script;
    for (std::string line; std::getline(lines, line);) {
      for (const char* head : {"socket=", "pid=", "dumper=", "[ \"$dumper"}) {
        if (line.rfind(head, 0) == 0) script += line + "\n";
      }
    }
    const std::string here = directory_.path().string();
    ProcessOptions options;
    options.environment = {"PATH=" + here + "/bin:/usr/bin:/bin"};
    const std::string out = run_process({"sh", "-c", with(script, "/proc/", here + "/proc/")}, options).out;
    return with(out, here, "");
  }

 private:
  static std::string with(std::string text, const std::string& old, const std::string& replacement) {
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + replacement.size()))
      text.replace(at, old.size(), replacement);
    return text;
  }

  TemporaryDirectory directory_;
};

const std::string found = "/proc/7/root/tmp/dotnet-diagnostic-7-384766-socket\n7\n";

}  // namespace

TEST_CASE("an application behind a shell is found, with its createdump") {
  const FakeProc proc;
  proc.map(std::string(framework) + "/libcoreclr.so");
  proc.make_program(std::string("proc/7/root") + framework + "/createdump", "");
  CHECK(proc.run() == found + framework + "/createdump\ncollect\n");
}

TEST_CASE("where createdump is missing or cannot be started no dump is asked for") {
  const FakeProc proc;
  proc.map(std::string(framework) + "/libcoreclr.so");
  SECTION("missing") {}
  SECTION("not executable") {
    proc.write(std::string("proc/7/root") + framework + "/createdump");
  }
  CHECK(proc.run() == found + "missing\n");
}

TEST_CASE("a single file is told by its maps, and a process that hides them by nothing") {
  const FakeProc proc;
  SECTION("single file") {
    proc.map("/usr/lib/x86_64-linux-gnu/libc.so.6");
    CHECK(proc.run() == found + "single-file\ncollect\n");
  }
  SECTION("hidden") {
    CHECK(proc.run() == found + "unknown\ncollect\n");
  }
}

}  // namespace dotdiag::test
