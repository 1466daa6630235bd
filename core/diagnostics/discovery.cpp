#include "core/diagnostics/discovery.hpp"

#include "core/diagnostics/no_socket.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <set>

namespace dotdiag::diagnostics {
namespace {

/// One process while it is looked at. What cannot be read is empty.
struct Look {
  DotnetProcess process;
  std::uint64_t key = 0;
  std::string environment;
  bool may_look = true;    ///< into its root and mappings
  bool has_pipes = false;  ///< of its debugger: made where diagnostics are not switched off altogether
  bool has_compiler = false;
};

/// What the socket's directory holds, as far as we may see it.
struct Sockets {
  std::vector<FoundSocket> found;
  bool may_look = false;
};

/// Where the runtime writes code, mapped a second time (W^X, the default since .NET 7): it alone tells of a single
/// file, which has its libcoreclr inside, that it is .NET when its diagnostics are switched off.
constexpr std::string_view compiled_code = "/memfd:doublemapper";

std::string directory_of(const Look& look, const std::string& proc) {
  const std::string base = proc + "/" + std::to_string(look.process.pid);
  const bool absolute = look.process.temporary_directory.starts_with('/');
  return base + (absolute ? "/root" : "/cwd/") + look.process.temporary_directory;
}

Look look_at(int pid, const std::string& proc) {
  const std::string base = proc + "/" + std::to_string(pid);
  Look look;
  DotnetProcess& process = look.process;
  process.pid = pid;
  process.status = parse_status(read_proc_file(base + "/status").value_or(""));
  process.inner_pid = process.status.inner_pid > 0 ? process.status.inner_pid : pid;
  process.command_line = split_at_zeros(read_proc_file(base + "/cmdline").value_or(""));
  look.key = parse_start_time(read_proc_file(base + "/stat").value_or(""));
  look.environment = read_proc_file(base + "/environ").value_or("");
  process.temporary_directory = environment_value(look.environment, "TMPDIR").value_or("");
  if (process.temporary_directory.empty()) process.temporary_directory = "/tmp";
  const auto maps = read_proc_file(base + "/maps");
  look.may_look = maps.has_value() && ::access((base + "/root").c_str(), X_OK) == 0;
  process.coreclr = mapped_file(maps.value_or(""), "libcoreclr.so").value_or("");
  look.has_compiler = maps && maps->find(compiled_code) != std::string::npos;
  return look;
}

/// The newest of the sockets that can be the process's. A key that differs is another process's - unless its clock is
/// shifted (a time namespace), which only matters where nothing fits better.
const FoundSocket* choose(const std::vector<FoundSocket>& sockets, const Look& look, bool by_pid_alone) {
  const FoundSocket* best = nullptr;
  const auto fits = [&](const FoundSocket& socket) { return socket.name.key == look.key; };
  for (const FoundSocket& socket : sockets) {
    if (socket.name.inner_pid != look.process.inner_pid || !(by_pid_alone || fits(socket))) continue;
    const bool better = best == nullptr || std::pair(fits(socket), socket.made) > std::pair(fits(*best), best->made);
    if (better) best = &socket;
  }
  return best;
}

bool has_debugger_pipes(const std::string& directory, const Look& look) {
  const std::string name =
      "/clr-debug-pipe-" + std::to_string(look.process.inner_pid) + "-" + std::to_string(look.key) + "-in";
  return ::access((directory + name).c_str(), F_OK) == 0;
}

/// Looks into the process's own directory; fills in the socket or why there is none.
void find_own_socket(Look& look, const std::string& proc) {
  const std::string directory = directory_of(look, proc);
  const auto sockets = sockets_in(directory);
  look.may_look = look.may_look && (sockets || errno != EACCES);
  if (!sockets) return;
  look.has_pipes = has_debugger_pipes(directory, look);
  if (const FoundSocket* socket = choose(*sockets, look, true)) look.process.socket = socket->path;
}

std::vector<FoundSocket> shared_sockets(const std::vector<std::string>& directories) {
  std::vector<FoundSocket> all;
  for (const std::string& directory : directories)
    for (FoundSocket& socket : sockets_in(directory).value_or(std::vector<FoundSocket>{}))
      all.push_back(std::move(socket));
  return all;
}

DotnetProcess unseen_process(const FoundSocket& socket) {
  DotnetProcess process;
  process.inner_pid = socket.name.inner_pid;
  process.socket = socket.path;
  return process;
}

/// A socket in `directories` whose process is not among those we see: it is in another pid namespace, or dead.
void add_unseen(Discovery& discovery, const std::vector<FoundSocket>& shared, const std::set<std::string>& known,
                const std::set<std::pair<int, std::uint64_t>>& seen) {
  for (const FoundSocket& socket : shared) {
    const bool has_process = socket.name.key && seen.contains({socket.name.inner_pid, *socket.name.key});
    if (!has_process && !known.contains(socket.path)) discovery.processes.push_back(unseen_process(socket));
  }
}

}  // namespace

std::vector<std::string> own_directories() {
  std::vector<std::string> directories = {"/tmp"};
  const char* own = std::getenv("TMPDIR");
  if (own != nullptr && *own != '\0' && own != directories[0]) directories.emplace_back(own);
  return directories;
}

Discovery discover(const Surface& surface) {
  Discovery discovery;
  const std::vector<FoundSocket> shared = shared_sockets(surface.directories);
  std::set<std::string> known;
  std::set<std::pair<int, std::uint64_t>> seen;
  for (const int pid : pids_in(surface.proc)) {
    Look look = look_at(pid, surface.proc);
    find_own_socket(look, surface.proc);
    DotnetProcess& process = look.process;
    seen.insert({process.inner_pid, look.key});
    if (process.socket.empty())
      if (const FoundSocket* socket = choose(shared, look, false)) process.socket = socket->path;
    known.insert(process.socket);
    if (process.socket.empty())
      process.problem =
          look.may_look ? why_no_socket(process, look.key, look.environment, look.has_pipes) : why_refused(process);
    const bool is_dotnet = !process.socket.empty() || !process.coreclr.empty() || look.has_pipes || look.has_compiler;
    if (is_dotnet)
      discovery.processes.push_back(std::move(process));
    else if (!look.may_look && !process.command_line.empty())  // the kernel's own have no command line
      discovery.hidden.push_back(std::move(process));
  }
  add_unseen(discovery, shared, known, seen);
  return discovery;
}

}  // namespace dotdiag::diagnostics
