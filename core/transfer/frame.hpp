// The answer of a command on its way from a pod to somebody's disk.
//
// `kubectl exec` passes bytes on and little else: a connection that is cut looks like an end, its exit code can be 0
// although half of the bytes are missing, and what comes may be the complaint of another program. So the answer says
// itself where it begins, what each piece of it is, and what all of it was:
//
//   stream  = the line `dotdiag-stream 1`, then frames
//   frame   = kind (one letter), length (four bytes, the highest first), that many bytes
//
// The last frame has the exit code, the number of bytes of data and their SHA-256; nothing may follow it. A beat comes
// every second, whatever the command does, so that silence means that the connection is gone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dotdiag::transfer {

enum class FrameKind : char {
  data = 'D',      ///< of the command's standard output
  message = 'M',   ///< of its standard error
  progress = 'P',  ///< lines of progress.hpp
  beat = 'B',      ///< nothing but that the other side lives
  end = 'E',       ///< `EXIT_CODE BYTES SHA256`
};

inline constexpr std::string_view opening = "dotdiag-stream 1\n";
inline constexpr std::size_t head_size = 5;

/// What is longer was not written by us.
inline constexpr std::uint32_t most_bytes_in_frame = 1u << 20;

/// What the last frame says.
struct Ending {
  int exit_code = 0;
  std::uint64_t bytes = 0;
  std::string sha256;
  bool operator==(const Ending&) const = default;
};

}  // namespace dotdiag::transfer
