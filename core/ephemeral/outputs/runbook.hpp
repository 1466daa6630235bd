// The text of a runbook, as it is put together.
//
// Every line is a command or a comment, so that somebody in a hurry can paste all of it, or one line after the other.
#pragma once

#include "core/ephemeral/plan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

class Runbook {
 public:
  /// Begins the next numbered step.
  void step(std::string_view title);
  /// A comment.
  void say(std::string_view text);
  /// A command.
  void run(std::string_view command);

  const std::string& text() const { return text_; }

 private:
  std::string text_;
  int number_ = 0;
};

/// From a running debugger with a shell to an opened dump, by the dotnet-* tools.
void write_tool_steps(Runbook& book, const DebuggerPlan& plan);

/// From a running dotnet-monitor to an opened dump, over HTTP.
void write_monitor_steps(Runbook& book, const DebuggerPlan& plan);

/// From a running dotdiag-collect to an opened dump: through a pipe, without a disk.
void write_collect_steps(Runbook& book, const DebuggerPlan& plan);

/// How a dump is opened on the user's own machine.
void say_how_to_open(Runbook& book, const std::string& file);

}  // namespace dotdiag
