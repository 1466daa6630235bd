// How dotnet-monitor calls the process of a container.
#pragma once

#include "core/policy/rules/shell_command.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace dotdiag {

/// True for programs that start the application as another process, or become it.
inline bool is_launcher(std::string_view name) {
  constexpr std::array<std::string_view, 7> launchers = {"catatonit", "dumb-init", "env", "gosu",
                                                         "nice",      "su-exec",   "tini"};
  return is_shell(name) || std::find(launchers.begin(), launchers.end(), name) != launchers.end();
}

/// The name of the program that the container starts; empty where the pod leaves that to the image.
inline std::string program_name(const ContainerView& target) {
  const auto& command = items_member(*target.json, "command");
  const auto* program = command.empty() ? nullptr : command.front().get_ptr<const Json::string_t*>();
  return program == nullptr ? std::string() : program->substr(program->find_last_of('/') + 1);
}

/// How dotnet-monitor calls the process of `target`: by the file on its command line, whole, not by the kernel's 15
/// characters (read in dotnet/dotnet-monitor, ProcessInfoImpl). Empty where `command` does not tell: an image may start
/// `dotnet` as well as a program of its own.
inline std::string process_name(const ContainerView& target) {
  std::string name = program_name(target);
  return is_launcher(name) ? std::string() : name;
}

}  // namespace dotdiag
