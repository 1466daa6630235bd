// Writes a heap graph to a .gcdump file, or refuses one that is not whole.
#pragma once

#include "core/diagnostics/heap/heap_graph.hpp"

#include <string>

namespace dotdiag::collect {

/// Answers the exit code. A snapshot with gaps is written only where `even_with_gaps`.
int write_gcdump_file(const diagnostics::HeapGraph& graph, std::uint64_t lost_events, const std::string& process,
                      const std::string& path, bool even_with_gaps);

}  // namespace dotdiag::collect
