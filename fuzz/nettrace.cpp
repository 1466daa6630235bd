// Any bytes as an event stream: everything that reads one takes it or says where it is wrong, pieces give the same as
// the whole, and what was cut off is whole again after its repair.
#include "core/diagnostics/counters/counter_values.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/heap/gcdump.hpp"
#include "core/diagnostics/heap/heap_statistics.hpp"
#include "core/diagnostics/nettrace/whole_trace.hpp"
#include "core/diagnostics/stacks/speedscope.hpp"
#include "core/diagnostics/stacks/thread_stacks.hpp"
#include "fuzz/property.hpp"

#include <algorithm>
#include <sstream>
#include <string>

namespace dotdiag::fuzz {
namespace {

using namespace dotdiag::diagnostics;

class Count : public TraceHandler {
 public:
  void on_event(const TraceEvent& event) override {
    ++events_;
    bytes_ += event.payload.size() + event.stack.size();
  }
  std::size_t events_ = 0, bytes_ = 0;
  friend bool operator==(const Count& left, const Count& right) {
    return left.events_ == right.events_ && left.bytes_ == right.bytes_;
  }
};

/// How the reading went: how far, and the words where it did not go on.
struct Reading {
  std::uint64_t whole_until = 0;
  bool is_complete = false;
  std::string failure;
};

Reading read(std::string_view input, TraceHandler& handler, std::size_t piece) {
  NettraceReader reader(handler);
  Reading reading;
  try {
    for (std::string_view left = input; !left.empty(); left.remove_prefix(std::min(piece, left.size())))
      reader.feed(left.substr(0, piece));
  } catch (const Failure& failure) {
    reading.failure = failure.what();
    require(reading.failure.size() > 10, "a failure has words");
  }
  reading.whole_until = reader.whole_until();
  reading.is_complete = reader.is_complete();
  require(reading.whole_until <= input.size(), "what is whole was there");
  return reading;
}

void check_pieces(std::string_view input) {
  Count whole, pieces;
  const Reading first = read(input, whole, input.size() + 1);
  const Reading second = read(input, pieces, 7);
  require(first.failure == second.failure && whole == pieces, "pieces give what the whole gives", first.failure);
  require(first.is_complete == second.is_complete, "pieces end as the whole does");
}

void check_repair(std::string_view input) {
  std::string written;
  WholeTrace trace([&](std::string_view bytes) { written += bytes; });
  trace.feed(input);
  trace.finish();
  if (!trace.unknown_format().empty() || written.empty()) return;
  Count again;
  const Reading reading = read(written, again, written.size());
  require(reading.is_complete && reading.failure.empty(), "a repaired stream is whole", reading.failure);
}

void check_readers(std::string_view input) {
  HeapStatistics statistics;
  read(input, statistics, input.size() + 1);
  statistics.totals(0);
  HeapGraph graph;
  read(input, graph, input.size() + 1);
  std::ostringstream out;
  write_gcdump(graph, {"machine", "process"}, out);
  Samples samples;
  read(input, samples, input.size() + 1);
  group_stacks(samples);
  write_speedscope(samples, "name", out);
  CounterEvents counters([](const CounterValue&) {}, [](const std::string&) {});
  read(input, counters, input.size() + 1);
}

}  // namespace

void check(std::string_view input) {
  check_pieces(input);
  check_repair(input);
  check_readers(input);
}

}  // namespace dotdiag::fuzz
