// Whether to colour, decided as other command-line tools do.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace dotdiag {

enum class ColorMode { automatic, always, never };

/// `mode` decides where it is not automatic; else NO_COLOR (not empty), then FORCE_COLOR or CLICOLOR_FORCE (not empty),
/// then CLICOLOR=0 and TERM=dumb, then whether the output is a terminal. `variable` looks up the environment: empty
/// where unset.
bool use_color(ColorMode mode, const std::function<std::string(std::string_view)>& variable, bool is_terminal);

}  // namespace dotdiag
