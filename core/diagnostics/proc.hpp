// What /proc tells about a process, without its help.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::diagnostics {

/// A file of /proc: their sizes are not known beforehand. Nothing where it cannot be read.
std::optional<std::string> read_proc_file(const std::string& path);

/// The processes that `proc`, a /proc, shows, in order.
std::vector<int> pids_in(const std::string& proc);

/// The parts of a text that ends each with a zero: `environ`, `cmdline`.
std::vector<std::string> split_at_zeros(std::string_view text);

/// From `status`.
struct ProcStatus {
  std::string name;
  char state = '?';   ///< R, S, D, T (stopped), t (traced), Z
  int inner_pid = 0;  ///< in the innermost pid namespace: as the process sees itself
  uid_t uid = 0;      ///< effective
  gid_t gid = 0;
  std::uint64_t capabilities = 0;  ///< permitted
  std::uint64_t resident_kb = 0;
};

ProcStatus parse_status(std::string_view text);

/// Start in clock ticks since boot, from `stat`; the second field, the name, can itself contain anything. 0 where it is
/// not there.
std::uint64_t parse_start_time(std::string_view stat);

/// The value of `name` in an environment block; nothing where it is not set.
std::optional<std::string> environment_value(std::string_view environment, std::string_view name);

/// The first path that ends with `/name` among the mappings of `maps`.
std::optional<std::string> mapped_file(std::string_view maps, std::string_view name);

/// Private writable mappings, in bytes, and all that a file or memory backs: what a heap dump and a full one hold
/// about. From `smaps` or `maps`.
struct MappedBytes {
  std::uint64_t writable = 0;
  std::uint64_t readable = 0;
};

MappedBytes mapped_bytes(std::string_view maps);

}  // namespace dotdiag::diagnostics
