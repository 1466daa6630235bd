// Runs another program to its end, within limits, and leaves nothing of it behind.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct ChildLimits {
  std::chrono::milliseconds time = std::chrono::seconds(30);
  std::size_t bytes = std::size_t{32} << 20;  ///< of its standard output; of standard error a little is kept
};

/// How it ended. Where `problem` is not empty it did not end by itself, or was never started: why, in words that follow
/// its name ("did not end within 30 s").
struct ChildResult {
  int exit_code = -1;
  std::string out;
  std::string err;
  std::string problem;
};

/// The program called `name` in PATH, as an absolute path; nothing where there is none.
std::optional<std::string> find_program(std::string_view name);

/// Runs `command` (an absolute path and arguments) with exactly `environment`, without a standard input, in a session
/// of its own and, where the system allows it, without a network. At the end of its time, or of what it may write, it
/// is killed together with all that it started.
ChildResult run_child(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                      const ChildLimits& limits);

/// What a tool wrote that went wrong: without its own `Error: `, the first line, at most 300 bytes of it.
std::string complaint(std::string_view text);

}  // namespace dotdiag
