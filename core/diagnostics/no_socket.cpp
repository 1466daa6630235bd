#include "core/diagnostics/no_socket.hpp"

#include "core/diagnostics/proc.hpp"
#include "core/diagnostics/socket_name.hpp"

#include <unistd.h>

namespace dotdiag::diagnostics {
namespace {

/// The variable that switches the socket off, as it is set; empty where none is.
std::string switched_off_by(std::string_view environment) {
  for (const char* name : {"DOTNET_EnableDiagnostics", "COMPlus_EnableDiagnostics", "DOTNET_EnableDiagnostics_IPC",
                           "COMPlus_EnableDiagnostics_IPC"})
    if (environment_value(environment, name) == "0") return std::string(name) + "=0";
  return {};
}

}  // namespace

std::string why_no_socket(const DotnetProcess& process, std::uint64_t key, std::string_view environment,
                          bool has_pipes) {
  if (const std::string cause = switched_off_by(environment); !cause.empty())
    return "its diagnostics are switched off by " + cause + ": remove that variable and restart it";
  if (!socket_name(process.temporary_directory, process.inner_pid, key))
    return "TMPDIR is too long for a socket's name (" + process.temporary_directory + "): set a shorter one";
  if (has_pipes)
    return "it has debugger pipes but no socket in " + process.temporary_directory +
           ": its IPC is switched off in its settings, or something deleted the socket: restart it";
  return "no socket in " + process.temporary_directory +
         ": something deleted it, the directory did not exist at the start, or diagnostics are switched off";
}

std::string why_refused(const DotnetProcess& process) {
  const std::string user = std::to_string(process.status.uid) + ":" + std::to_string(process.status.gid);
  const std::string ours = std::to_string(::geteuid()) + ":" + std::to_string(::getegid());
  const std::string share = ", or share its " + process.temporary_directory + " and name it by --directory";
  if (user == ours)
    return "it runs as " + user +
           ", as we do, but has capabilities that we lack: run with the same ones or with SYS_PTRACE" + share;
  return "it runs as " + user + ", we as " + ours + ": run as the same user and group with no fewer capabilities" +
         share;
}

}  // namespace dotdiag::diagnostics
