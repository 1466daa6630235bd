// How much memory a container has left, by both kinds of cgroups.
#include "core/diagnostics/memory_room.hpp"

#include "core/diagnostics/failure.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::diagnostics;
using dotdiag::test::TemporaryDirectory;

namespace {

constexpr std::uint64_t megabyte = 1u << 20;

std::string text(std::uint64_t megabytes) {
  return std::to_string(megabytes * megabyte) + "\n";
}

}  // namespace

TEST_CASE("of a cgroup v2 the pages that the kernel can take back do not count") {
  const TemporaryDirectory proc;
  proc.write("7/cgroup", "0::/\n");
  proc.write("7/root/sys/fs/cgroup/memory.max", text(512));
  proc.write("7/root/sys/fs/cgroup/memory.current", text(300));
  proc.write("7/root/sys/fs/cgroup/memory.stat", "anon 1\ninactive_file " + text(100));
  const auto room = memory_room(7, proc.path().string());
  REQUIRE(room);
  CHECK(room->limit == 512 * megabyte);
  CHECK(room->used == 200 * megabyte);
  CHECK(room->left() == 312 * megabyte);
}

TEST_CASE("a process of the host is in a group further down, and cgroup v1 has other names") {
  const TemporaryDirectory proc;
  proc.write("7/cgroup", "4:cpu:/x\n3:memory:/kube/pod\n");
  proc.write("7/root/sys/fs/cgroup/memory/kube/pod/memory.limit_in_bytes", text(512));
  proc.write("7/root/sys/fs/cgroup/memory/kube/pod/memory.usage_in_bytes", text(500));
  const auto room = memory_room(7, proc.path().string());
  REQUIRE(room);
  CHECK(room->left() == 12 * megabyte);
}

TEST_CASE("without a limit there is nothing to keep to") {
  const TemporaryDirectory proc;
  CHECK_FALSE(memory_room(7, proc.path().string()));
  proc.write("7/cgroup", "0::/\n");
  proc.write("7/root/sys/fs/cgroup/memory.max", "max\n");
  proc.write("7/root/sys/fs/cgroup/memory.current", text(1));
  CHECK_FALSE(memory_room(7, proc.path().string()));
}

TEST_CASE("a buffer leaves the reserve free, or is refused with the figures") {
  CHECK(buffer_that_fits(std::nullopt, 256, 16) == 256);
  CHECK(buffer_that_fits(MemoryRoom{1024 * megabyte, 0}, 256, 16) == 256);
  CHECK(buffer_that_fits(MemoryRoom{512 * megabyte, 400 * megabyte}, 256, 16) == 80);
  CHECK_THROWS_WITH(
      buffer_that_fits(MemoryRoom{512 * megabyte, 470 * megabyte}, 256, 16),
      "the container uses 470 MB of its limit of 512 MB; a session's buffer of 16 MB and a reserve of 32 MB "
      "do not fit: raise the limit, or free memory first");
  CHECK_THROWS_AS(buffer_that_fits(MemoryRoom{512 * megabyte, 600 * megabyte}, 256, 16), Failure);
}
