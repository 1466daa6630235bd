// convert: a recorded .nettrace file as something else, on any machine.
#include "collect/command.hpp"
#include "collect/counters_report.hpp"
#include "collect/gcdump_file.hpp"
#include "collect/heap_report.hpp"
#include "collect/heap_request.hpp"
#include "collect/output_file.hpp"
#include "collect/stacks_report.hpp"
#include "collect/trace_file.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/stacks/speedscope.hpp"

#include <iostream>
#include <sstream>

namespace dotdiag::collect {
namespace {

using diagnostics::Failure;
using diagnostics::FailureKind;

/// Says of a file that it was cut off or has gaps, and answers the exit code for that.
int report(const std::string& path, const TraceFileResult& result) {
  if (!result.is_complete) std::cerr << path << ": it was cut off; what stands before the cut was used\n";
  if (result.lost_events > 0) std::cerr << path << ": " << grouped(result.lost_events) << " events were lost\n";
  return result.is_complete && result.lost_events == 0 ? 0 : 1;
}

void write(const std::string& path, const std::string& text) {
  OutputFile file(path);
  file.write(text);
  file.keep();
}

[[noreturn]] void nothing_there(const std::string& path, const std::string& what) {
  throw Failure(FailureKind::unsuitable, path + ": holds no " + what + ": record it with the profile for that");
}

int to_heap(const std::string& from, const std::string& to) {
  diagnostics::HeapStatistics statistics;
  const TraceFileResult result = read_trace_file(from, statistics);
  if (statistics.objects() == 0) nothing_there(from, "heap snapshot");
  const diagnostics::HeapTotals totals = statistics.totals(result.lost_events);
  std::ostringstream text;
  print_heap(totals, 20, false, text);
  write(to, text.str());
  return report_gaps(totals.gaps);
}

int to_gcdump(const std::string& from, const std::string& to) {
  diagnostics::HeapGraph graph;
  const TraceFileResult result = read_trace_file(from, graph);
  if (graph.nodes().empty()) nothing_there(from, "heap snapshot");
  return write_gcdump_file(graph, result.lost_events, from, to, false);
}

int to_stacks(const std::string& from, const std::string& to) {
  diagnostics::Samples samples;
  const TraceFileResult result = read_trace_file(from, samples);
  if (samples.threads().empty()) nothing_there(from, "samples of threads");
  std::ostringstream text;
  print_stacks(group_stacks(samples), {}, text);
  write(to, text.str());
  return report(from, result);
}

int to_speedscope(const std::string& from, const std::string& to) {
  diagnostics::Samples samples;
  const TraceFileResult result = read_trace_file(from, samples);
  if (samples.threads().empty()) nothing_there(from, "samples of threads");
  std::ostringstream text;
  write_speedscope(samples, from, text);
  write(to, text.str());
  return report(from, result);
}

int to_counters(const std::string& from, const std::string& to) {
  std::ostringstream text;
  const auto csv = CountersReport::make("csv", false, text);
  bool is_empty = true;
  diagnostics::CounterEvents events(
      [&](const diagnostics::CounterValue& value) {
        csv->add(value);
        is_empty = false;
      },
      [&](const std::string& note) { std::cerr << from << ": " << note << '\n'; });
  const TraceFileResult result = read_trace_file(from, events);
  if (is_empty) nothing_there(from, "counters");
  write(to, text.str());
  return report(from, result);
}

int run(const Arguments& arguments) {
  const std::string format = arguments.one_of("to", {"heap", "gcdump", "stacks", "speedscope", "counters"});
  if (!arguments.has("to")) throw Misuse("into what? give --to heap, gcdump, stacks, speedscope or counters");
  if (arguments.positional().empty()) throw Misuse("which file? name a .nettrace file, or - for standard input");
  const std::string from = arguments.positional()[0];
  const std::string to = arguments.text("output", "-");
  if (format == "heap") return to_heap(from, to);
  if (format == "gcdump") return to_gcdump(from, to);
  if (format == "stacks") return to_stacks(from, to);
  if (format == "speedscope") return to_speedscope(from, to);
  return to_counters(from, to);
}

}  // namespace

Command convert_command() {
  return {
      "convert",
      "FILE",
      "turn a recorded .nettrace file into a table, a .gcdump, stacks or speedscope's format",
      "Works on any machine and with the files of any tool: dotnet-trace, dotnet-monitor, dotnet-gcdump's sessions.",
      1,
      {{"to", '\0', "FORMAT", "heap, gcdump, stacks, speedscope or counters (as CSV)"},
       {"output", 'o', "FILE", "Where to; default: standard output"}},
      run};
}

}  // namespace dotdiag::collect
