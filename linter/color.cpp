#include "linter/color.hpp"

namespace dotdiag {

bool use_color(ColorMode mode, const std::function<std::string(std::string_view)>& variable, bool is_terminal) {
  if (mode != ColorMode::automatic) return mode == ColorMode::always;
  if (!variable("NO_COLOR").empty()) return false;
  if (!variable("FORCE_COLOR").empty() || !variable("CLICOLOR_FORCE").empty()) return true;
  if (variable("CLICOLOR") == "0" || variable("TERM") == "dumb") return false;
  return is_terminal;
}

}  // namespace dotdiag
