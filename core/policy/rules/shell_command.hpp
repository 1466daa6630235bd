// Whether a debug container starts a shell.
#pragma once

#include "core/policy/image.hpp"
#include "core/policy/rule.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace dotdiag {

/// The shell that a container starts, if it does.
struct ShellCommand {
  std::string_view program;     ///< `sh`; empty where it starts something else
  bool is_interactive = false;  ///< it reads commands from its input, for want of others
  Pointer at;                   ///< the word that says so; the container where the image does
};

inline bool is_shell(std::string_view program) {
  constexpr std::array<std::string_view, 6> shells = {"ash", "bash", "busybox", "dash", "sh", "zsh"};
  const auto name = program.substr(program.find_last_of('/') + 1);
  return std::find(shells.begin(), shells.end(), name) != shells.end();
}

/// What `command`, else `args`, start. Where neither is there, the image's own command runs: in Microsoft's SDK images
/// and in tool boxes, a shell.
inline ShellCommand shell_command(const ContainerView& debugger) {
  for (const char* field : {"command", "args"}) {
    const auto& words = items_member(*debugger.json, field);
    if (words.empty()) continue;
    const auto* program = words.front().get_ptr<const Json::string_t*>();
    if (program == nullptr || !is_shell(*program)) return {};
    const bool has_more = words.size() > 1 || (field[0] == 'c' && !items_member(*debugger.json, "args").empty());
    return {*program, !has_more, debugger.path / field / 0};
  }
  const Image image = Image::parse(debugger.image());
  const bool starts_shell = image.is_tool_box() || image.dotnet_repository() == "sdk";
  return {{}, starts_shell, debugger.path};
}

}  // namespace dotdiag
