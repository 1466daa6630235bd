#include "core/diagnostics/dump/dump_room.hpp"

#include "core/diagnostics/memory_room.hpp"

#include <linux/magic.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <sstream>

namespace dotdiag::diagnostics {
namespace {

bool is_in_memory(const std::string& directory) {
  struct statfs status {};
  return ::statfs(directory.c_str(), &status) == 0 && status.f_type == TMPFS_MAGIC;
}

/// What is below `mount` and is it itself.
bool holds(std::string_view mount, std::string_view directory) {
  return mount == "/" || directory == mount || (directory.starts_with(mount) && directory[mount.size()] == '/');
}

}  // namespace

std::string room_obstacle(const DumpPlace& place, const DotnetProcess& process, std::uint64_t bytes) {
  struct statvfs status {};
  const bool is_writable = ::access(place.ours.c_str(), W_OK | X_OK) == 0;
  if (!is_writable || ::statvfs(place.ours.c_str(), &status) != 0) return std::strerror(errno);
  const std::uint64_t free = std::uint64_t{status.f_bavail} * status.f_frsize;
  if (free < bytes) return "has " + megabytes(free) + " free, the dump takes about " + megabytes(bytes);
  if (process.pid == 0 || !is_in_memory(place.ours)) return {};
  const auto room = memory_room(process.pid);
  if (room && room->left() < bytes + memory_reserve)
    return "lies in memory, and the container uses " + megabytes(room->used) + " of its limit of " +
           megabytes(room->limit) + ": about " + megabytes(bytes) + " do not fit";
  return {};
}

std::string empty_dir_of(std::string_view mountinfo, std::string_view directory) {
  constexpr std::string_view mark = "/kubernetes.io~empty-dir/";
  std::istringstream lines{std::string(mountinfo)};
  std::string longest, volume;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string id, parent, device, root, mount;
    words >> id >> parent >> device >> root >> mount;
    if (!holds(mount, directory) || mount.size() < longest.size()) continue;
    const std::size_t at = root.find(mark);
    volume = at == std::string::npos ? "" : root.substr(at + mark.size());
    volume.resize(std::min(volume.find('/'), volume.size()));
    longest = mount;
  }
  return volume;
}

}  // namespace dotdiag::diagnostics
