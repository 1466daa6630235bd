// Has a command run in the debugger, and brings its answer here: all of it, or an honest no.
#pragma once

#include "core/transfer/frame_reader.hpp"
#include "patch/plugin/fetch/destination.hpp"
#include "patch/plugin/kubectl.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

struct FetchWish {
  std::vector<std::string> exec;     ///< of kubectl, up to and with `--`
  std::vector<std::string> command;  ///< of dotdiag-collect: `dump`, `-o`, `-`
  std::string title;                 ///< before the progress
  std::chrono::seconds patience{30};
  double most_pause = 0;                         ///< seconds for which the process may stand still; 0: no limit
  std::function<void(const std::string&)> show;  ///< a line of progress; empty: no line any more
  std::function<void(const std::string&)> say;   ///< what the command says, a line
};

struct Fetched {
  enum class End {
    whole,        ///< it came, and is what was sent; the command's own verdict is `exit_code`
    cut,          ///< the connection ended, or brought what is no answer of ours
    stalled,      ///< nothing came any longer
    unusable,     ///< it came, and is damaged
    too_long,     ///< the process stood still for longer than `most_pause`
    interrupted,  ///< by a signal to us
  };
  End end = End::cut;
  std::string problem;         ///< where it is not whole
  std::string complaint;       ///< kubectl's standard error
  int exit_code = 0;           ///< of the command
  std::uint64_t received = 0;  ///< bytes over the connection
  std::optional<double> stood;
  bool has_ended_there = false;  ///< the command is known to have ended
  bool has_begun = false;        ///< something of ours answered
};

/// Throws InputError where there is no kubectl, and where the destination cannot be written.
Fetched fetch(const Kubectl& kubectl, const FetchWish& wish, Destination& destination);

}  // namespace dotdiag
