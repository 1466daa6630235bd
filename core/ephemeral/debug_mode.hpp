// The four ways in which a tool in an ephemeral container reaches the .NET runtime of another container. ways.hpp says
// which of them are open.
#pragma once

#include "core/ephemeral/debugger_kind.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

enum class DebugMode {
  tmp,       ///< the tool finds the runtime's socket in a volume that both containers mount
  port,      ///< the same volume, and the tool is given the socket's path: it need not see the process
  listen,    ///< the tool (dotnet-monitor) listens in a volume that both mount, and the runtime connects to it
  procroot,  ///< no volume: the tool looks into the target's file system through /proc/<pid>/root
};

/// `tmp`, `port`, `listen`, `procroot`.
std::string_view mode_name(DebugMode mode);

/// The mode of that name; nothing where there is none.
std::optional<DebugMode> mode_named(std::string_view name);

/// `tmp, port, listen, procroot`.
std::string mode_names();

/// The mode that the policy's own debugger is made for.
DebugMode mode_of(const Policy& policy);

/// True where the policy's debugger can work in `mode`. A monitor can only listen; a shell with tools can do the rest;
/// dotdiag-collect can do all, where the policy has it.
bool can_work(const Policy& policy, DebuggerKind kind, DebugMode mode);

}  // namespace dotdiag
