// ps: the .NET processes that there are, and for each that cannot be asked why not.
#include "collect/command.hpp"
#include "collect/json_object.hpp"
#include "collect/target.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/failure.hpp"

#include <iostream>

namespace dotdiag::collect {
namespace {

using diagnostics::DotnetProcess;

/// A process and what its runtime says of itself.
struct Listed {
  DotnetProcess process;
  diagnostics::ProcessInfo info;
};

/// Sick processes answer late, and there can be many: nobody waits long for a list.
constexpr std::chrono::milliseconds answer_limit{1'000};

Listed ask(DotnetProcess process) {
  Listed listed{std::move(process), {}};
  if (listed.process.socket.empty()) return listed;
  try {
    diagnostics::SocketAddress address(listed.process.socket);
    listed.info = diagnostics::Client(address, answer_limit).process_info();
  } catch (const diagnostics::Failure& failure) {
    listed.process.problem = failure.what();
    if (listed.process.status.state == 'T') listed.process.problem = "the process is stopped (SIGSTOP): continue it";
  }
  return listed;
}

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words)
    line += (line.empty() ? "" : " ") + word;
  return line;
}

std::string command_line(const Listed& listed) {
  return listed.process.command_line.empty() ? listed.info.command_line : joined(listed.process.command_line);
}

std::string user(const DotnetProcess& process) {
  return std::to_string(process.status.uid) + ":" + std::to_string(process.status.gid);
}

std::string json(const Listed& listed) {
  const DotnetProcess& process = listed.process;
  JsonObject object;
  if (process.pid > 0) object.number("pid", process.pid);
  object.number("innerPid", process.inner_pid);
  if (process.pid > 0) object.number("uid", process.status.uid).number("gid", process.status.gid);
  object.text("version", version_text(listed.info, process)).text("architecture", listed.info.architecture);
  object.text("assembly", listed.info.assembly).text("commandLine", command_line(listed));
  object.text("socket", process.socket).text("problem", process.problem);
  return object.str();
}

std::vector<std::string> row(const Listed& listed) {
  const DotnetProcess& process = listed.process;
  const auto or_dash = [](const std::string& text) { return text.empty() ? std::string("-") : printable(text); };
  return {process.pid > 0 ? std::to_string(process.pid) : "-",
          std::to_string(process.inner_pid),
          process.pid > 0 ? user(process) : "-",
          or_dash(version_text(listed.info, process)),
          or_dash(listed.info.architecture),
          or_dash(process.socket),
          or_dash(command_line(listed))};
}

void print_table(const std::vector<Listed>& all) {
  std::vector<std::vector<std::string>> rows = {{"PID", "INSIDE", "USER", ".NET", "ARCH", "SOCKET", "COMMAND"}};
  for (const Listed& listed : all)
    rows.push_back(row(listed));
  std::cout << table(rows, {true, true, false, false, false, false, false});
  for (const Listed& listed : all) {
    const DotnetProcess& process = listed.process;
    if (process.problem.empty()) continue;
    std::cout << (process.pid > 0 ? "pid " + std::to_string(process.pid) : process.socket) << ": "
              << printable(process.problem) << '\n';
  }
}

int run(const Arguments& arguments) {
  const std::string format = arguments.one_of("format", {"table", "json"});
  const diagnostics::Discovery discovery = discover(surface(arguments));
  std::vector<Listed> all;
  for (const DotnetProcess& process : discovery.processes)
    all.push_back(ask(process));
  if (format == "json") {
    std::vector<std::string> items;
    for (const Listed& listed : all)
      items.push_back(json(listed));
    std::cout << json_list(items) << '\n';
  } else if (!all.empty()) {
    print_table(all);
  }
  if (all.empty() && discovery.hidden.empty())
    std::cerr
        << "no .NET process is to be seen: is this the process namespace of the application (targetContainerName)?\n";
  if (const std::size_t hidden = discovery.hidden.size(); hidden > 0)
    std::cerr << hidden << (hidden == 1 ? " process" : " processes")
              << " of other users cannot be looked into: run as their user and group, or as root with SYS_PTRACE\n";
  return all.empty() ? 1 : 0;
}

}  // namespace

Command ps_command() {
  return {"ps",
          "",
          "list .NET processes, and say of each that cannot be asked why not",
          "PID is the process as we see it, INSIDE as it sees itself.",
          0,
          {{"format", '\0', "FORMAT", "table or json; default: table"}, directory_option},
          run};
}

}  // namespace dotdiag::collect
