// From a pod to the patch that brings a debugger into it.
#pragma once

#include "core/ephemeral/plan.hpp"
#include "patch/output_formats.hpp"

#include <ostream>
#include <string>

namespace dotdiag {

struct PatchSettings {
  std::string path;  ///< `-` for standard input
  std::string policy;
  std::string policies_directory;
  std::string pod;
  DebuggerChoices choices;
  const OutputFormat* output = &output_formats().front();
};

/// Writes the output to `out` and returns 0; or says on `err` what the pod lacks, writes nothing to `out`, and
/// returns 1. Throws InputError where the input cannot be used.
int run(const PatchSettings& settings, std::ostream& out, std::ostream& err);

}  // namespace dotdiag
