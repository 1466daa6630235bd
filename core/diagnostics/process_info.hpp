// What a runtime says about itself and its process.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::diagnostics {

/// `10.0.9` or `10.0.0-preview.3+commit`; 0.0.0 where nothing is known.
struct RuntimeVersion {
  int major = 0;
  int minor = 0;
  int patch = 0;
  friend auto operator<=>(const RuntimeVersion&, const RuntimeVersion&) = default;
};

/// What `text` begins with, as far as it is a version.
RuntimeVersion parse_runtime_version(std::string_view text);

struct ProcessInfo {
  int variant = 0;        ///< 1 to 3; 0: the runtime is older than 5.0 and knows no such command
  std::uint64_t pid = 0;  ///< as the process sees itself
  std::string cookie;     ///< a GUID, one for each start of a runtime
  std::string command_line;
  std::string os;
  std::string architecture;
  std::string assembly;     ///< since 6.0: the entry assembly, without .dll
  std::string clr_version;  ///< since 6.0
  std::string rid;          ///< since 8.0: linux-x64, linux-musl-arm64
};

/// Throws a malformed Failure. What a later version appends is left alone.
ProcessInfo parse_process_info(std::string_view payload, int variant);

/// The text of a GUID whose 16 bytes these are.
std::string guid_text(std::string_view bytes);

/// `NAME=value` each, from what follows a ProcessEnvironment answer.
std::vector<std::string> parse_environment(std::string_view block);

}  // namespace dotdiag::diagnostics
