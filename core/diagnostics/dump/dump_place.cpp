#include "core/diagnostics/dump/dump_place.hpp"

#include "core/diagnostics/memory_room.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace dotdiag::diagnostics {
namespace {

/// createdump takes about 13 MB in the container of the process; 64 MB with 42 used ended in an OOM kill.
constexpr std::uint64_t helper_memory = 20u << 20;

std::string root_of(const DotnetProcess& process) {
  return "/proc/" + std::to_string(process.pid) + "/root";
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

}  // namespace

std::vector<DumpPlace> dump_places(const DotnetProcess& process, const std::string& wished) {
  const std::string shared = folder_of(process.socket);
  if (process.pid == 0) return {{wished.empty() ? shared : wished, shared}};
  const auto place = [&](const std::string& directory) { return DumpPlace{directory, root_of(process) + directory}; };
  if (!wished.empty()) return {place(wished)};
  std::vector<DumpPlace> places = {place("/dev/shm"), place(process.temporary_directory)};
  if (process.temporary_directory != "/tmp") places.push_back(place("/tmp"));
  if (process.socket.starts_with('/') && !process.socket.starts_with("/proc/")) places.push_back({shared, shared});
  return places;
}

std::vector<DumpPlace> file_places(const DotnetProcess& process, const std::string& wished) {
  std::vector<DumpPlace> places = dump_places(process, wished);
  std::rotate(places.begin(), places.begin() + 1, places.end());
  return places;
}

std::string dump_name(const DotnetProcess& process) {
  return "/dotdiag-" + std::to_string(::getpid()) + "-" + std::to_string(process.inner_pid) + ".dmp";
}

std::string createdump_path(const DotnetProcess& process) {
  if (process.coreclr.empty() || process.pid == 0) return {};
  return root_of(process) + folder_of(process.coreclr) + "/createdump";
}

std::string dump_obstacle(const DotnetProcess& process) {
  std::string helper = createdump_path(process);
  const bool is_there = helper.empty() || ::access(helper.c_str(), F_OK) == 0;
  // A root that is closed to us shows nothing: then it is the runtime's to say.
  if (!is_there && errno != ENOENT) helper.clear();
  if (!helper.empty() && !is_there)
    return folder_of(process.coreclr) +
           "/createdump is missing from the image: the runtime cannot write a dump without it";
  if (!helper.empty() && ::access(helper.c_str(), X_OK) != 0)
    return folder_of(process.coreclr) + "/createdump is not executable: the image was built without its x bit";
  const auto room = process.pid > 0 ? memory_room(process.pid) : std::nullopt;
  if (room && room->left() < helper_memory)
    return "the container uses " + megabytes(room->used) + " of its limit of " + megabytes(room->limit) +
           "; writing a dump takes " + megabytes(helper_memory) + " of it: it would be killed";
  return {};
}

std::uint64_t dump_estimate(int pid, bool full) {
  const MappedBytes mapped = mapped_bytes(read_proc_file("/proc/" + std::to_string(pid) + "/maps").value_or(""));
  return full ? mapped.readable : mapped.writable;
}

}  // namespace dotdiag::diagnostics
