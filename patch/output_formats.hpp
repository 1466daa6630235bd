// The forms in which dotdiag-patch writes a planned debugger. A new one is a row in output_formats.cpp.
#pragma once

#include "core/ephemeral/plan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct OutputFormat {
  /// What a format is filled in with.
  enum class Needs {
    container,      ///< the plan alone: a template will do
    pod,            ///< the pod itself
    pod_at_server,  ///< the pod and its namespace: it has the URL
  };
  std::string_view name;
  std::string (*write)(const DebuggerPlan& plan);
  Needs needs;
  std::string_view summary;  ///< for --help
  /// What to do with it: one or more lines for standard error; nullptr where that is plain.
  std::string (*usage)(const DebuggerPlan& plan);
};

/// The formats, the default first.
const std::vector<OutputFormat>& output_formats();

/// The format of that name; nullptr where there is none.
const OutputFormat* find_output_format(std::string_view name);

/// Throws InputError where `plan`, which was made from `file`, lacks what `format` is filled in with.
void check_needs(const OutputFormat& format, const DebuggerPlan& plan, const std::string& file);

}  // namespace dotdiag
