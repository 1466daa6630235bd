// Where every managed thread is now, threads at the same place together.
#pragma once

#include "core/diagnostics/stacks/samples.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace dotdiag::diagnostics {

struct StackGroup {
  std::vector<std::uint64_t> threads;  ///< of the operating system, as the process sees them
  CodeKind kind = CodeKind::unknown;   ///< of the first thread
  std::vector<std::string> frames;     ///< innermost first
};

/// By the newest sample of each thread; largest groups first.
std::vector<StackGroup> group_stacks(const Samples& samples);

}  // namespace dotdiag::diagnostics
