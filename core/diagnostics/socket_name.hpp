// The names of the sockets that runtimes listen at: dotnet-diagnostic-{pid}-{key}-socket.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::diagnostics {

/// The name for a process that calls itself `inner_pid` and started at `key`, in `directory` as the process sees it.
/// The runtime cuts it off where a socket's address ends; nothing where not even the pid has room.
std::optional<std::string> socket_name(std::string_view directory, int inner_pid, std::uint64_t key);

/// The pid and, where the name is not cut off before its end, the key in a socket's name.
struct SocketName {
  int inner_pid = 0;
  std::optional<std::uint64_t> key;
};

/// Nothing for the name of another file.
std::optional<SocketName> parse_socket_name(std::string_view name);

/// A socket of a runtime in some directory.
struct FoundSocket {
  SocketName name;
  std::string path;
  std::int64_t made = 0;  ///< modification time, nanoseconds
};

/// Every socket of a runtime in `directory`; nothing where it may not be looked into.
std::optional<std::vector<FoundSocket>> sockets_in(const std::string& directory);

}  // namespace dotdiag::diagnostics
