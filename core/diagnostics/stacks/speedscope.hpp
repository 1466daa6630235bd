// Samples as a file for speedscope.app, which opens in any browser.
#pragma once

#include "core/diagnostics/stacks/samples.hpp"

#include <iosfwd>
#include <string>

namespace dotdiag::diagnostics {

/// One profile a thread; a sample weighs the time to the next one of its thread. Valid against the schema of
/// speedscope 1.25.
void write_speedscope(const Samples& samples, const std::string& name, std::ostream& out);

}  // namespace dotdiag::diagnostics
