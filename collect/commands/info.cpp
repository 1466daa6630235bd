// info: what a runtime says of itself and its process.
#include "collect/command.hpp"
#include "collect/json_object.hpp"
#include "collect/target.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/memory_room.hpp"

#include <iostream>

namespace dotdiag::collect {
namespace {

/// Name and value of each line.
using Lines = std::vector<std::pair<std::string, std::string>>;

Lines lines_of(const Target& target) {
  const diagnostics::DotnetProcess& process = target.process();
  const diagnostics::ProcessInfo& info = target.info();
  const std::string version = version_text(info, process);
  Lines lines = {
      {"assembly", target.name()},
      {"version", version.empty() ? "before 6.0: the runtime does not say" : version},
      {"runtime", info.rid.empty() ? info.os + " " + info.architecture : info.rid},
      {"pidInside", std::to_string(process.inner_pid > 0 ? static_cast<std::uint64_t>(process.inner_pid) : info.pid)},
      {"cookie", info.cookie},
      {"commandLine", info.command_line},
      {"socket", process.socket},
  };
  if (process.pid > 0) {
    lines.insert(lines.begin(), {"pid", std::to_string(process.pid)});
    lines.emplace_back("user", std::to_string(process.status.uid) + ":" + std::to_string(process.status.gid));
    lines.emplace_back("resident", size_words(process.status.resident_kb * 1024));
    if (const auto room = diagnostics::memory_room(process.pid))
      lines.emplace_back("memory", size_words(room->used) + " of " + size_words(room->limit));
  }
  std::erase_if(lines, [](const auto& line) { return line.second.find_first_not_of(' ') == std::string::npos; });
  return lines;
}

int run(const Arguments& arguments) {
  const std::string format = arguments.one_of("format", {"table", "json"});
  const Target target(arguments);
  JsonObject object;
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, value] : lines_of(target)) {
    object.text(name, value);
    rows.push_back({name, printable(value)});
  }
  std::cout << (format == "json" ? object.str() + "\n" : table(rows, {false, false}));
  return 0;
}

}  // namespace

Command info_command() {
  return {"info", "", "show what the runtime of a process says of itself",
          "",     0,  with_target({{"format", '\0', "FORMAT", "table or json; default: table"}}),
          run};
}

}  // namespace dotdiag::collect
