// How far a command is: a line on the terminal, replaced by the next one, and lines of core/transfer/progress.hpp for
// the command `stream`.
#pragma once

#include "core/transfer/progress.hpp"

#include <string>

namespace dotdiag::collect {

/// A line on standard error; left out where that is no terminal. Empty: takes the last one away.
void show_progress(const std::string& line);

/// Tells who has asked for it by progress_variable; nothing where nobody has.
void tell_progress(const transfer::Progress& progress);
/// True where somebody has: then nobody at a terminal waits for our figures.
bool is_progress_told();

/// Names the descriptor that lines of progress go to.
inline constexpr const char* progress_variable = "DOTDIAG_PROGRESS_DESCRIPTOR";

}  // namespace dotdiag::collect
