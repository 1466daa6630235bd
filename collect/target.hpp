// The process that a command is about.
#pragma once

#include "collect/arguments.hpp"
#include "core/diagnostics/client.hpp"
#include "core/diagnostics/discovery.hpp"
#include "core/diagnostics/listening_port.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dotdiag::collect {

/// Where to look beside the processes' own directories and ours.
inline constexpr Option directory_option = {"directory", '\0', "DIR",
                                            "Look for sockets here too: a volume shared with the process"};

/// How a process is named on the command line: --pid, --socket, --port, --directory, --timeout.
const std::vector<Option>& target_options();

/// `options` behind the target's own.
std::vector<Option> with_target(std::vector<Option> options);

class Target {
 public:
  /// Finds and asks it. Throws a Failure that lists the processes where the choice is not clear.
  explicit Target(const Arguments& arguments);

  const diagnostics::DotnetProcess& process() const { return process_; }
  diagnostics::Client& client() { return *client_; }
  const diagnostics::ProcessInfo& info() const { return info_; }
  /// 3.1 where the runtime is too old to say.
  const diagnostics::RuntimeVersion& version() const { return version_; }

  /// `orders (pid 7, .NET 10.0.9)`.
  std::string title() const;
  /// The program's own name: `orders`.
  std::string name() const;

 private:
  void await(const Arguments& arguments);
  void find(const Arguments& arguments);

  diagnostics::DotnetProcess process_;
  std::unique_ptr<diagnostics::ListeningPort> port_;
  std::unique_ptr<diagnostics::RuntimeAddress> address_;
  std::unique_ptr<diagnostics::Client> client_;
  diagnostics::ProcessInfo info_;
  diagnostics::RuntimeVersion version_;
};

/// Where sockets are looked for beside the processes' own directories: ours, and each --directory.
diagnostics::Surface surface(const Arguments& arguments);

/// The version, from what the runtime says or, for those too old to say, from where libcoreclr.so lies.
diagnostics::RuntimeVersion version_of(const diagnostics::ProcessInfo& info, const diagnostics::DotnetProcess& process);
std::string version_text(const diagnostics::ProcessInfo& info, const diagnostics::DotnetProcess& process);

/// `dotnet orders.dll` is orders; another program is called by its file.
std::string program_name(const std::vector<std::string>& command_line);

}  // namespace dotdiag::collect
