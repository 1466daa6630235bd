// gcdump: the heap with all its references, as a file for PerfView and Visual Studio.
#include "collect/command.hpp"
#include "collect/gcdump_file.hpp"
#include "collect/heap_request.hpp"

namespace dotdiag::collect {
namespace {

int run(const Arguments& arguments) {
  if (!arguments.has("output")) throw Misuse("where to? give --output FILE");
  Target target(arguments);
  diagnostics::HeapGraph graph;
  const std::uint64_t lost = take_snapshot(target, arguments, true, graph, [&] { return graph.has_ended(); });
  return write_gcdump_file(graph, lost, target.name(), arguments.text("output"), arguments.has("incomplete"));
}

}  // namespace

Command gcdump_command() {
  return {"gcdump",
          "",
          "write the heap with its references to a .gcdump file, for PerfView and Visual Studio",
          "Takes about 90 bytes for each object here, in the memory of dotdiag-collect.",
          0,
          heap_options({{"output", 'o', "FILE", "The file; - for standard output"},
                        {"incomplete", '\0', "", "Write the file even where something is missing from the snapshot"}}),
          run};
}

}  // namespace dotdiag::collect
