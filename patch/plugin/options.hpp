// The command line of kubectl-dotdiag.
#pragma once

#include "patch/plugin/session.hpp"

#include <functional>
#include <optional>

namespace dotdiag {

/// A subcommand of the plugin.
using PluginCommand = std::function<int(const PluginSettings& settings, const Terminal& terminal)>;

struct PluginLine {
  PluginSettings settings;
  PluginCommand command;
};

/// Fills `line`, or returns the exit code where the command line was all there was to do (--help, --version, misuse:
/// already printed).
std::optional<int> parse_options(int argc, const char* const* argv, PluginLine& line);

}  // namespace dotdiag
