#include "core/diagnostics/memory_room.hpp"

#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/proc.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

namespace dotdiag::diagnostics {
namespace {

std::optional<std::uint64_t> number_in(const std::string& path) {
  const std::string text = read_proc_file(path).value_or("");
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() ? std::optional(value) : std::nullopt;  // `max` is no limit
}

/// The value behind `name` in a memory.stat.
std::uint64_t stat_value(std::string_view stat, const std::string& name) {
  const std::size_t at = ("\n" + std::string(stat)).find("\n" + name + " ");
  std::uint64_t value = 0;
  if (at == std::string_view::npos) return value;
  const std::string_view rest = stat.substr(at + name.size() + 1);
  std::from_chars(rest.data(), rest.data() + rest.size(), value);
  return value;
}

/// The path behind the last colon of the line for the memory controller (v1) or of all of them (v2).
std::string group_path(std::string_view cgroup) {
  std::string path;
  while (!cgroup.empty()) {
    const std::string_view line = cgroup.substr(0, cgroup.find('\n'));
    cgroup.remove_prefix(std::min(line.size() + 1, cgroup.size()));
    const bool is_memory = line.starts_with("0::") || line.find(":memory:") != std::string_view::npos;
    if (is_memory) path = line.substr(line.rfind(':') + 1);
  }
  return path == "/" ? "" : path;
}

std::optional<MemoryRoom> room_in(const std::string& directory) {
  auto limit = number_in(directory + "/memory.max");
  auto used = number_in(directory + "/memory.current");
  if (!limit) limit = number_in(directory + "/memory.limit_in_bytes");
  if (!used) used = number_in(directory + "/memory.usage_in_bytes");
  constexpr std::uint64_t no_limit = std::uint64_t{1} << 62;  // what v1 writes is close to the largest number
  if (!limit || !used || *limit >= no_limit) return std::nullopt;
  const std::string stat = read_proc_file(directory + "/memory.stat").value_or("");
  const std::uint64_t reclaimable = stat_value(stat, "inactive_file");
  return MemoryRoom{*limit, *used - std::min(*used, reclaimable)};
}

}  // namespace

std::string megabytes(std::uint64_t bytes) {
  return std::to_string(bytes >> 20) + " MB";
}

std::optional<MemoryRoom> memory_room(int pid, const std::string& proc) {
  const std::string base = proc + "/" + std::to_string(pid);
  const std::string path = group_path(read_proc_file(base + "/cgroup").value_or(""));
  // A container sees its own group at the root of its mount; a host has it further down. The nearest limit counts.
  for (const std::string& mount : {base + "/root/sys/fs/cgroup", base + "/root/sys/fs/cgroup/memory"})
    for (const std::string& directory : {mount + path, mount})
      if (const auto room = room_in(directory)) return room;
  return std::nullopt;
}

std::uint32_t buffer_that_fits(const std::optional<MemoryRoom>& room, std::uint32_t wanted_mb, std::uint32_t least_mb) {
  if (!room) return wanted_mb;
  const std::uint64_t spare = room->left() > memory_reserve ? (room->left() - memory_reserve) >> 20 : 0;
  if (spare >= least_mb) return static_cast<std::uint32_t>(std::min<std::uint64_t>(spare, wanted_mb));
  throw Failure(FailureKind::unsuitable,
                "the container uses " + megabytes(room->used) + " of its limit of " + megabytes(room->limit) +
                    "; a session's buffer of " + std::to_string(least_mb) + " MB and a reserve of " +
                    megabytes(memory_reserve) + " do not fit: raise the limit, or free memory first");
}

}  // namespace dotdiag::diagnostics
