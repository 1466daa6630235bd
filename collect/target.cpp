#include "collect/target.hpp"

#include "collect/interrupt.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/failure.hpp"

#include <algorithm>

namespace dotdiag::collect {

using diagnostics::Discovery;
using diagnostics::DotnetProcess;
using diagnostics::Failure;
using diagnostics::FailureKind;

namespace {

std::string file_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

std::string without_suffix(std::string name, std::string_view suffix) {
  if (name.ends_with(suffix)) name.erase(name.size() - suffix.size());
  return name;
}

std::string list_of(const std::vector<DotnetProcess>& processes) {
  std::string list;
  for (const DotnetProcess& process : processes)
    list += "\n  " + (process.pid > 0 ? "--pid " + std::to_string(process.pid) : "--socket " + process.socket) + "  " +
            printable(program_name(process.command_line));
  return list;
}

DotnetProcess choose(const Discovery& discovery, const Arguments& arguments) {
  if (arguments.has("pid")) {
    const auto pid = static_cast<int>(arguments.number("pid", 0, 1, 1u << 30));
    for (const auto* processes : {&discovery.processes, &discovery.hidden})
      for (const DotnetProcess& process : *processes)
        if (process.pid == pid) return process;
    throw Failure(FailureKind::unreachable, "no .NET process has the pid " + std::to_string(pid) +
                                                ": `dotdiag-collect ps` lists those there are");
  }
  std::vector<DotnetProcess> reachable;
  for (const DotnetProcess& process : discovery.processes)
    if (!process.socket.empty()) reachable.push_back(process);
  if (reachable.size() == 1) return reachable[0];
  if (reachable.size() > 1)
    throw Failure(FailureKind::unsuitable, "there are several .NET processes: choose one:" + list_of(reachable));
  if (discovery.processes.size() == 1) return discovery.processes[0];  // its problem is the answer
  throw Failure(FailureKind::unreachable, "no .NET process is to be seen: `dotdiag-collect ps` says more");
}

DotnetProcess named_by_socket(const std::string& path) {
  DotnetProcess process;
  process.socket = path;
  if (const auto name = diagnostics::parse_socket_name(file_name(path))) process.inner_pid = name->inner_pid;
  return process;
}

}  // namespace

const std::vector<Option>& target_options() {
  static const std::vector<Option> options = {
      {"pid", 'p', "PID", "The process, as `ps` lists it; may be left out where there is only one"},
      {"socket", '\0', "PATH", "The socket of a process that is not to be seen itself"},
      {"port", '\0', "PATH", "Wait here for the process to connect: what its DOTNET_DiagnosticPorts says"},
      directory_option,
      {"timeout", '\0', "TIME", "How long the process may take to answer a question; default: 5s"},
  };
  return options;
}

std::vector<Option> with_target(std::vector<Option> options) {
  options.insert(options.end(), target_options().begin(), target_options().end());
  return options;
}

diagnostics::Surface surface(const Arguments& arguments) {
  diagnostics::Surface surface;
  surface.directories = diagnostics::own_directories();
  for (const std::string& directory : arguments.all("directory"))
    surface.directories.push_back(directory);
  return surface;
}

std::string program_name(const std::vector<std::string>& command_line) {
  if (command_line.empty()) return "?";
  const std::string program = file_name(command_line[0]);
  if (program != "dotnet") return program;
  for (std::size_t i = 1; i < command_line.size(); ++i)
    if (command_line[i].ends_with(".dll")) return without_suffix(file_name(command_line[i]), ".dll");
  return program;
}

diagnostics::RuntimeVersion version_of(const diagnostics::ProcessInfo& info, const DotnetProcess& process) {
  const auto version = diagnostics::parse_runtime_version(version_text(info, process));
  // Who knows ProcessInfo is 5.0 at least, and only 6.0 and later say their version.
  if (version.major == 0) return {info.variant > 0 ? 5 : 3, info.variant > 0 ? 0 : 1, 0};
  return version;
}

std::string version_text(const diagnostics::ProcessInfo& info, const DotnetProcess& process) {
  if (!info.clr_version.empty()) return info.clr_version;
  // .../Microsoft.NETCore.App/3.1.23/libcoreclr.so
  const std::size_t end = process.coreclr.rfind('/');
  if (end == std::string::npos || end == 0) return {};
  const std::string folder = file_name(process.coreclr.substr(0, end));
  return diagnostics::parse_runtime_version(folder).major > 0 ? folder : std::string();
}

Target::Target(const Arguments& arguments) {
  if (arguments.has("port"))
    await(arguments);
  else
    find(arguments);
  const std::uint64_t seconds = std::max<std::uint64_t>(arguments.seconds("timeout", 5), 1);
  client_ = std::make_unique<diagnostics::Client>(*address_, std::chrono::seconds(seconds));
  info_ = client_->process_info();
  version_ = version_of(info_, process_);
}

void Target::find(const Arguments& arguments) {
  process_ = arguments.has("socket") ? named_by_socket(arguments.text("socket"))
                                     : choose(discover(surface(arguments)), arguments);
  if (process_.socket.empty())
    throw Failure(FailureKind::unreachable, "process " + std::to_string(process_.pid) + ": " + process_.problem);
  address_ = std::make_unique<diagnostics::SocketAddress>(process_.socket);
}

/// The first runtime that comes, or the one with the pid that was given, which is its own.
void Target::await(const Arguments& arguments) {
  const auto pid = arguments.number("pid", 0, 1, 1u << 30);
  port_ = std::make_unique<diagnostics::ListeningPort>(arguments.text("port"));
  std::size_t known = 0;
  while (address_ == nullptr && !is_interrupted()) {
    const auto runtimes = port_->wait_for_runtimes(known, diagnostics::Deadline::in(std::chrono::milliseconds(200)));
    for (; known < runtimes.size(); ++known)
      if (address_ == nullptr && (pid == 0 || runtimes[known].pid == pid)) {
        address_ = std::make_unique<diagnostics::PortAddress>(*port_, runtimes[known].cookie);
        process_.inner_pid = static_cast<int>(runtimes[known].pid);
        process_.socket = arguments.text("port");
      }
  }
  if (address_ == nullptr) throw Failure(FailureKind::unreachable, "no process connected before the interruption");
}

std::string Target::name() const {
  if (!info_.assembly.empty()) return info_.assembly;
  return program_name(process_.command_line);
}

std::string Target::title() const {
  const std::string version = version_text(info_, process_);
  const std::string pid = std::to_string(process_.pid > 0 ? process_.pid : process_.inner_pid);
  return printable(name()) + " (pid " + pid + ", .NET " + (version.empty() ? "before 6.0" : version) + ")";
}

}  // namespace dotdiag::collect
