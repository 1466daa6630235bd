// The forms in which dotdiag-patch writes a planned debugger. A new one is a row in output_formats.cpp.
#pragma once

#include "core/ephemeral/plan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct OutputFormat {
  std::string_view name;
  std::string (*write)(const DebuggerPlan& plan);
  /// What to do with it: one or more lines for standard error; nullptr where that is plain.
  std::string (*usage)(const DebuggerPlan& plan);
};

/// The formats, the default first.
const std::vector<OutputFormat>& output_formats();

/// The format of that name; nullptr where there is none.
const OutputFormat* find_output_format(std::string_view name);

}  // namespace dotdiag
