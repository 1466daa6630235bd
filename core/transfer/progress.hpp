// What a command is at, for whoever shows it: a line `PHASE DONE ABOUT`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dotdiag::transfer {

/// The words of commands. Numbers are bytes unless it is said.
namespace phase {
inline constexpr std::string_view taking = "taking";        ///< the process stands still and writes its dump
inline constexpr std::string_view stood = "stood";          ///< it goes on; done: for how many milliseconds it stood
inline constexpr std::string_view sending = "sending";      ///< all was taken; about: what goes out in the end
inline constexpr std::string_view recording = "recording";  ///< seconds
}  // namespace phase

struct Progress {
  std::string phase;
  std::uint64_t done = 0;
  std::uint64_t about = 0;  ///< in the end; 0 where nobody knows
};

/// With the line break.
std::string progress_line(const Progress& progress);
/// Nothing where `line` (without its break) is none.
std::optional<Progress> parse_progress(std::string_view line);

}  // namespace dotdiag::transfer
