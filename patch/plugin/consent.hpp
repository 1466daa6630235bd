// Asks the person at the terminal.
#pragma once

#include "patch/plugin/session.hpp"

namespace dotdiag {

/// True where `is_given` (an option said so) or somebody at the terminal agrees. Else says why not: nobody is there to
/// be asked and `option` was not given, or whoever is there does not want to.
bool has_consent(const Terminal& terminal, bool is_given, const char* option);

}  // namespace dotdiag
