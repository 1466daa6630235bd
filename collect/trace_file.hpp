// A recorded .nettrace file, whatever tool recorded it.
#pragma once

#include "core/diagnostics/nettrace/event.hpp"

#include <cstdint>
#include <string>

namespace dotdiag::collect {

struct TraceFileResult {
  std::uint64_t lost_events = 0;
  bool is_complete = false;  ///< false: it was cut off
};

/// Reads the file (`-`: standard input) into `handler`. Throws a Failure that names the file.
TraceFileResult read_trace_file(const std::string& path, diagnostics::TraceHandler& handler);

}  // namespace dotdiag::collect
