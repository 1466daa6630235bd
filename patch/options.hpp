// The command line of dotdiag-patch.
#pragma once

#include "patch/run.hpp"

#include <optional>

namespace dotdiag {

/// Fills `settings`, or returns the exit code where the command line was all there was to do (--help, --version,
/// misuse: already printed).
std::optional<int> parse_options(int argc, const char* const* argv, PatchSettings& settings);

}  // namespace dotdiag
