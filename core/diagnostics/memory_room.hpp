// How much memory the container of a process has left: a session's buffer, a dump's helper and the pages of a file in
// memory all count against its limit, and beyond it the kernel kills.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace dotdiag::diagnostics {

struct MemoryRoom {
  std::uint64_t limit = 0;  ///< bytes
  std::uint64_t used = 0;   ///< bytes that the kernel cannot simply take back
  std::uint64_t left() const { return used < limit ? limit - used : 0; }
};

/// `312 MB`, in units of 1024 * 1024, as limits are given; what is left over is cut off.
std::string megabytes(std::uint64_t bytes);

/// Nothing where no limit is set or none can be seen. Knows cgroup v2 and v1.
std::optional<MemoryRoom> memory_room(int pid, const std::string& proc = "/proc");

/// What is kept free of a limit, always: createdump alone needs about 13 MB.
inline constexpr std::uint64_t memory_reserve = 32u << 20;

/// The largest buffer up to `wanted_mb` that leaves the reserve free. Throws an unsuitable Failure, with the figures,
/// where not even `least_mb` does.
std::uint32_t buffer_that_fits(const std::optional<MemoryRoom>& room, std::uint32_t wanted_mb, std::uint32_t least_mb);

}  // namespace dotdiag::diagnostics
