// Which processes are .NET, and where each can be asked: in other namespaces, with another TMPDIR, with a name that was
// cut off, and beside what dead processes left behind.
#pragma once

#include "core/diagnostics/proc.hpp"
#include "core/diagnostics/socket_name.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace dotdiag::diagnostics {

/// A process with a .NET runtime in it.
struct DotnetProcess {
  int pid = 0;        ///< as we see it; 0 where only its socket is to be seen
  int inner_pid = 0;  ///< as it sees itself
  ProcStatus status;
  std::vector<std::string> command_line;
  std::string temporary_directory;  ///< as the process sees it
  std::string coreclr;              ///< libcoreclr.so as the process sees it; empty where it is not mapped or not known
  std::string socket;               ///< as we see it; empty where there is none that we could use
  std::string problem;              ///< why `socket` is empty, and what to do about it
};

struct Discovery {
  std::vector<DotnetProcess> processes;  ///< by pid; those without one last
  std::vector<DotnetProcess> hidden;     ///< that may not be looked into, and so may be .NET or not
};

/// Where to look. Tests have a /proc of their own.
struct Surface {
  std::string proc = "/proc";
  /// Directories of ours where sockets of processes can lie that may not be looked into: volumes that are shared.
  std::vector<std::string> directories;
};

/// Our own temporary directories: $TMPDIR and /tmp.
std::vector<std::string> own_directories();

Discovery discover(const Surface& surface);

}  // namespace dotdiag::diagnostics
