// Writes a heap snapshot as a .gcdump file, which PerfView, Visual Studio and dotnet-gcdump open.
#pragma once

#include "core/diagnostics/heap/heap_graph.hpp"

#include <iosfwd>
#include <string>

namespace dotdiag::diagnostics {

/// What the file says of where it comes from.
struct GcdumpOrigin {
  std::string machine;
  std::string process;
};

/// Throws an unsuitable Failure where the heap is too large for the format (about 100 million objects). Whether the
/// graph is whole is for the caller to see to.
void write_gcdump(const HeapGraph& graph, const GcdumpOrigin& origin, std::ostream& out);

}  // namespace dotdiag::diagnostics
