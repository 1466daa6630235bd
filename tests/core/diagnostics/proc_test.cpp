// The files of /proc, with what makes them hard to read.
#include "core/diagnostics/proc.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::diagnostics;
using namespace std::string_literals;

TEST_CASE("the start is read behind the name, whatever the name is") {
  const std::string rest = " S 1 1 1 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 5 0 408848 1000 200";
  CHECK(parse_start_time("4648 (dotnet)" + rest) == 408848);
  CHECK(parse_start_time("4648 (a) b) 7 (c)" + rest) == 408848);
  CHECK(parse_start_time("4648 (dotnet) S 1") == 0);
  CHECK(parse_start_time("") == 0);
}

TEST_CASE("a status tells who a process is, outside and inside") {
  const ProcStatus status = parse_status(
      "Name:\tmy app\nState:\tT (stopped)\nUid:\t1000\t1654\t1654\t1654\nGid:\t0\t1655\t0\t0\n"
      "NSpid:\t4648\t1\nVmRSS:\t  120400 kB\nCapPrm:\t00000000a80425fb\n");
  CHECK(status.name == "my app");
  CHECK(status.state == 'T');
  CHECK(status.uid == 1654);
  CHECK(status.gid == 1655);
  CHECK(status.inner_pid == 1);
  CHECK(status.resident_kb == 120400);
  CHECK(status.capabilities == 0xa80425fb);
}

TEST_CASE("a variable is found by its whole name") {
  const std::string environment = "OTHER_TMPDIR=/a\0TMPDIRS=/b\0TMPDIR=/c=d\0EMPTY=\0"s;
  CHECK(environment_value(environment, "TMPDIR") == "/c=d");
  CHECK(environment_value(environment, "EMPTY") == "");
  CHECK(environment_value(environment, "NONE") == std::nullopt);
}

TEST_CASE("mappings are counted by what a dump holds of them") {
  const std::string maps =
      "00400000-00401000 r-xp 00000000 08:01 1  /usr/share/dotnet/shared/Microsoft.NETCore.App/3.1.23/libcoreclr.so\n"
      "00500000-00502000 rw-p 00000000 00:00 0\n"
      "00600000-00601000 ---p 00000000 00:00 0\n"
      "00700000-00704000 rw-s 00000000 00:01 2  /dev/shm/it is shared\n";
  CHECK(mapped_bytes(maps).writable == 0x2000);
  CHECK(mapped_bytes(maps).readable == 0x7000);
  CHECK(mapped_file(maps, "libcoreclr.so") == "/usr/share/dotnet/shared/Microsoft.NETCore.App/3.1.23/libcoreclr.so");
  CHECK(mapped_file(maps, "coreclr.so") == std::nullopt);
}

TEST_CASE("a file that opens and cannot be read, as those of a process that has just ended, is none") {
  CHECK_FALSE(read_proc_file("/proc/self/mem"));
  CHECK_FALSE(read_proc_file("/nonexistent"));
  CHECK(read_proc_file("/proc/self/status"));
}
