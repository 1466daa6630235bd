// Dumps through a pipe and by way of a file: whole, refused, given up, interrupted; nothing of them stays.
#include "core/diagnostics/dump/dump_stream.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/dump/abandoned_writer.hpp"
#include "core/diagnostics/dump/dump_file.hpp"
#include "core/diagnostics/dump/dump_room.hpp"
#include "core/diagnostics/dump/elf_core.hpp"
#include "core/diagnostics/failure.hpp"
#include "tests/core/diagnostics/captures.hpp"
#include "tests/core/diagnostics/core_file.hpp"
#include "tests/core/diagnostics/fake_proc.hpp"
#include "tests/core/diagnostics/fake_runtime.hpp"
#include "tests/support/eventually.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace dotdiag::diagnostics;
using namespace dotdiag::test;
using namespace std::chrono_literals;

namespace {

/// The file name that a dump was asked for with.
std::string path_in(const std::string& request) {
  return ByteReader(std::string_view(request).substr(20)).counted();
}

/// As createdump: opens the path for writing, creating it where it is not there, and writes. False where it could not.
bool write_dump(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes << std::flush;
  return file.good();
}

/// Takes one dump from a runtime and keeps what came.
struct Taking {
  explicit Taking(const FakeRuntime& runtime) : address(runtime.path()), client(address) {
    process.inner_pid = 1;
    process.socket = runtime.path();
  }

  void run(DumpWish wish = {}, bool keep_on = true) {
    DumpFifo fifo(dump_places(process, ""), process);
    stream_dump(
        client, {10, 0, 0}, wish, fifo, [&](std::string_view bytes) { received += bytes; }, [&] { return keep_on; });
  }

  /// By way of a file.
  void run_by_file(DumpWish wish = {}, bool keep_on = true) {
    const DumpFile file(file_places(process, ""), process, 1);
    file.write(client, {10, 0, 0}, wish, [&] { return keep_on; });
    file.read([&](std::string_view bytes) { received += bytes; });
  }

  std::size_t files_left() const {
    const auto directory = std::filesystem::path(process.socket).parent_path();
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(directory), {})) - 1;
  }

  DotnetProcess process;
  SocketAddress address;
  Client client;
  std::string received;
};

std::string written_answer() {
  return answer(0, ByteWriter().u32(0).bytes());
}

}  // namespace

TEST_CASE("a dump arrives whole, whatever its size, and nothing of it stays") {
  const auto size = GENERATE(std::size_t{10}, std::size_t{5'000'000});
  const std::string dump = core_file({100, size});
  const FakeRuntime runtime([&](const FakeConnection& connection) {
    write_dump(path_in(connection.request()), dump);
    connection.send(written_answer());
  });
  Taking taking(runtime);
  taking.run();
  CHECK(taking.received == dump);
  CHECK(taking.files_left() == 0);
  CHECK(runtime.problems() == "");
}

TEST_CASE("a dump arrives whole by way of a file too, and nothing of it stays") {
  const std::string dump = core_file({100, 3'000'000});
  const FakeRuntime runtime([&](const FakeConnection& connection) {
    write_dump(path_in(connection.request()), dump);
    connection.send(written_answer());
  });
  Taking taking(runtime);
  taking.run_by_file();
  CHECK(taking.received == dump);
  CHECK(taking.files_left() == 0);
  CHECK(runtime.problems() == "");
}

TEST_CASE("a file that is made only after an interruption does not stay") {
  std::atomic<bool> is_written = false;
  const FakeRuntime runtime([&](const FakeConnection& connection) {
    std::this_thread::sleep_for(500ms);
    write_dump(path_in(connection.request()), "late");
    is_written = true;
    connection.send(written_answer());
  });
  Taking taking(runtime);
  CHECK_THROWS_WITH(taking.run_by_file({}, false), "the dump was interrupted");
  CHECK(eventually([&] { return is_written.load(); }));
  CHECK(taking.files_left() == 0);
}

TEST_CASE("who comes to a dump that was given up long ago can write nothing, by either way") {
  const bool by_file = GENERATE(false, true);
  std::atomic<bool> could_write = true, has_come = false;
  const FakeRuntime runtime([&](const FakeConnection& connection) {
    connection.wait_for_end();
    could_write = write_dump(path_in(connection.request()), "late");
    has_come = true;
  });
  Taking taking(runtime);
  DumpWish wish;
  wish.parting = 100ms;
  CHECK_THROWS_WITH(by_file ? taking.run_by_file(wish, false) : taking.run(wish, false),
                    Catch::Matches("the dump was interrupted\nthe process may still come to it: its empty directory "
                                   ".*\\.dmp stays, so that nothing is written there"));
  CHECK(eventually([&] { return has_come.load(); }));
  CHECK_FALSE(could_write);
  CHECK(taking.files_left() == 1);
}

TEST_CASE("a file that stops growing is given up, and one that grows is not") {
  const auto is_growing = GENERATE(true, false);
  const FakeRuntime runtime([&](const FakeConnection& connection) {
    std::ofstream file(path_in(connection.request()), std::ios::binary);
    for (int i = 0; i < 8; ++i) {
      if (is_growing) file << "more" << std::flush;
      std::this_thread::sleep_for(400ms);
    }
    connection.send(written_answer());
  });
  Taking taking(runtime);
  DumpWish wish;
  wish.silence = 2s;
  wish.parting = 2s;
  if (is_growing)
    CHECK_NOTHROW(taking.run_by_file(wish));
  else
    CHECK_THROWS_WITH(taking.run_by_file(wish), Catch::Contains("the dump does not come"));
  CHECK(taking.files_left() == 0);
}

TEST_CASE("a file is refused where it does not fit or cannot be, with the figures") {
  const TemporaryDirectory directory;
  const std::uint64_t too_much = std::uint64_t{1} << 60;
  DotnetProcess process;
  CHECK_THROWS_WITH(
      DumpFile({{"/a", directory.path()}, {"/b", "/nonexistent"}}, process, too_much),
      Catch::Matches("no directory for the file of a dump:\n  /a: has [0-9]+ MB free, the dump takes about "
                     "1099511627776 MB\n  /b: No such file or directory"));
}

TEST_CASE("the emptyDir volume of a directory is known by its mount") {
  const std::string lines =
      "1 0 0:1 / / rw - overlay overlay rw\n"
      "2 1 8:1 /var/lib/kubelet/pods/u/volumes/kubernetes.io~empty-dir/cache-volume /tmp rw - ext4 /dev/sda rw\n"
      "3 2 0:9 / /tmp/memory rw - tmpfs tmpfs rw\n";
  CHECK(empty_dir_of(lines, "/tmp") == "cache-volume");
  CHECK(empty_dir_of(lines, "/tmp/below") == "cache-volume");
  CHECK(empty_dir_of(lines, "/tmpfiles") == "");
  CHECK(empty_dir_of(lines, "/tmp/memory") == "");
  CHECK(empty_dir_of(lines, "/var") == "");
  CHECK(empty_dir_of("", "/tmp") == "");
}

TEST_CASE("a runtime that refuses says why, and nothing stays") {
  const FakeRuntime runtime(
      [](const FakeConnection& connection) { connection.send(capture("dump3.err.net10-singlefile-type2.resp.bin")); });
  Taking taking(runtime);
  CHECK_THROWS_WITH(taking.run(), Catch::Contains("Only full dumps are supported by single file apps"));
  CHECK(taking.received == "");
  CHECK(taking.files_left() == 0);
}

TEST_CASE("a process that dies in the middle is said to have done so") {
  const FakeRuntime runtime([](const FakeConnection& connection) {
    write_dump(path_in(connection.request()),
               "\x7F"
               "ELF and no more");
  });
  Taking taking(runtime);
  CHECK_THROWS_WITH(taking.run(), Catch::Contains("the process may have ended or crashed"));
}

TEST_CASE("a dump that does not come is given up in time, and whoever writes later gets an error, not a reader") {
  std::atomic<bool> could_write = true, has_come = false;
  const FakeRuntime runtime([&](const FakeConnection& connection) {
    std::ofstream file(path_in(connection.request()), std::ios::binary);
    connection.wait_for_end();
    file << "late" << std::flush;
    could_write = file.good();
    has_come = true;
  });
  ::signal(SIGPIPE, SIG_IGN);
  {
    Taking taking(runtime);
    DumpWish wish;
    wish.silence = 300ms;
    wish.parting = 50ms;
    CHECK_THROWS_WITH(taking.run(wish), Catch::Contains("the dump does not come"));
  }
  CHECK(eventually([&] { return has_come.load(); }));
  CHECK_FALSE(could_write);
}

TEST_CASE("the death of the process is noticed although whoever writes the dump keeps the connection open") {
  const FakeRuntime runtime([](const FakeConnection& connection) { connection.wait_for_end(); });
  Process process({"sleep", "0"});
  process.wait(5s);
  Taking taking(runtime);
  DumpWish wish;
  wish.pid = process.pid();
  wish.parting = 50ms;
  CHECK_THROWS_WITH(taking.run(wish), Catch::StartsWith("the process ended in the middle of the dump"));
}

TEST_CASE("what was started to write a dump that nobody reads any more is ended, and nothing else") {
  const TemporaryDirectory directory;
  std::filesystem::copy_file("/bin/sleep", directory / "createdump");
  Process writer({directory / "createdump", "60", "61"});
  Process other({directory / "createdump", "60", "62"});
  std::this_thread::sleep_for(100ms);
  end_writers_of("61");
  CHECK(writer.wait(5s));
  CHECK_FALSE(other.wait(50ms));
}

TEST_CASE("a dump can be interrupted") {
  const FakeRuntime runtime([](const FakeConnection& connection) {
    std::this_thread::sleep_for(300ms);
    connection.send(written_answer());
  });
  Taking taking(runtime);
  CHECK_THROWS_WITH(taking.run({}, false), "the dump was interrupted");
  CHECK(taking.files_left() == 0);
}

TEST_CASE("where no pipe can be made, each place is named with its reason") {
  DotnetProcess process;
  process.inner_pid = 1;
  CHECK_THROWS_WITH(
      DumpFifo({{"/a", "/nonexistent/a"}, {"/b", "/nonexistent/b"}}, process),
      "no directory for a named pipe, which a dump is streamed through:\n  /a: No such file or directory\n"
      "  /b: No such file or directory");
}

TEST_CASE("the newest form of the command that the runtime knows is used") {
  CHECK(dump_variant({3, 1, 23}) == 1);
  CHECK(dump_variant({5, 0, 0}) == 1);
  CHECK(dump_variant({6, 0, 0}) == 2);
  CHECK(dump_variant({7, 0, 0}) == 3);
  CHECK(dump_variant({10, 0, 0}) == 3);
}

TEST_CASE("a dump is whole when its last segment ends where it ends") {
  const std::string dump = core_file({100, 5000, 3});
  const auto problem = [](std::string_view bytes) {
    ElfCore core;
    for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(7, bytes.size())))
      core.feed(bytes.substr(0, 7));
    return core.problem();
  };
  CHECK(problem(dump) == "");
  const std::string all = std::to_string(dump.size());
  CHECK(problem(dump.substr(0, dump.size() - 1)) ==
        "it has " + std::to_string(dump.size() - 1) + " bytes, its headers want " + all);
  CHECK(problem("") != "");
  CHECK(problem(dump.substr(0, 100)) != "");
  CHECK(problem("not a dump at all") == "at byte 4: it does not begin with ELF's mark");
}

TEST_CASE("createdump is looked for before the runtime is asked") {
  DotnetProcess process;
  process.pid = ::getpid();
  const TemporaryDirectory directory;
  process.coreclr = directory / "libcoreclr.so";
  CHECK_THAT(dump_obstacle(process), Catch::Contains("createdump is missing from the image"));
  directory.write("createdump", "");
  std::filesystem::permissions(directory / "createdump", std::filesystem::perms(0755));
  CHECK(dump_obstacle(process).find("createdump is") == std::string::npos);
}

TEST_CASE("a pipe for a process whose user nobody knows may be written by anybody, and read by us alone") {
  const TemporaryDirectory directory;
  DotnetProcess process;
  process.socket = directory / "dotnet-diagnostic-1-1-socket";
  const DumpFifo fifo(dump_places(process, ""), process);
  CHECK(std::filesystem::status(fifo.their_path()).permissions() == std::filesystem::perms(0622));
}

TEST_CASE("a dump goes to memory first, then where the process keeps its own files") {
  DotnetProcess process;
  process.pid = 7;
  process.temporary_directory = "/var/app";
  const auto places = dump_places(process, "");
  REQUIRE(places.size() == 3);
  CHECK(places[0].theirs == "/dev/shm");
  CHECK(places[1].ours == "/proc/7/root/var/app");
  CHECK(places[2].theirs == "/tmp");
  CHECK(dump_places(process, "/data").at(0).ours == "/proc/7/root/data");
  CHECK(file_places(process, "").front().theirs == "/var/app");
  CHECK(file_places(process, "").back().theirs == "/dev/shm");
  process.socket = "/proc/7/root/var/app/dotnet-diagnostic-7-1-socket";
  CHECK(dump_places(process, "").size() == places.size());
  process.socket = "/shared/dotnet-diagnostic-7-1-socket";  // we may not look into its root, and share its volume
  CHECK(dump_places(process, "").back().ours == "/shared");
  CHECK(dump_places(process, "").back().theirs == "/shared");
}
