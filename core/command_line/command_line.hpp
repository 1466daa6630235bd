// What each program's options file offers beside its parser, so that man pages and completions (reference/) are made
// from the very options that are parsed.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace dotdiag {

/// Shows `look` the command line of the program that this is linked into. Defined by each program, in its options.cpp.
void with_command_line(const std::function<void(CLI::App& app)>& look);

}  // namespace dotdiag
