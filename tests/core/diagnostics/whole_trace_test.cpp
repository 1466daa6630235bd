// Streams passed on in whole objects: what is written is valid wherever the stream ends.
#include "core/diagnostics/nettrace/whole_trace.hpp"

#include "tests/core/diagnostics/captures.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::diagnostics;
using namespace dotdiag::test;

namespace {

class Nothing : public TraceHandler {
  void on_event(const TraceEvent&) override {}
};

struct Passed {
  std::string bytes;
  bool was_complete = false;
  std::string unknown_format;
};

Passed passed(std::string_view stream) {
  Passed result;
  WholeTrace trace([&](std::string_view bytes) { result.bytes += bytes; });
  for (; !stream.empty(); stream.remove_prefix(std::min<std::size_t>(1000, stream.size())))
    trace.feed(stream.substr(0, 1000));
  result.was_complete = trace.finish();
  result.unknown_format = trace.unknown_format();
  CHECK(trace.written() == result.bytes.size());
  return result;
}

}  // namespace

TEST_CASE("a whole stream is passed on byte for byte") {
  for (const char* name : {"meters.net10.nettrace", "gc-collect-norundown.netcore31.nettrace"}) {
    const Passed result = passed(capture(name));
    CHECK(result.was_complete);
    CHECK(result.bytes == capture(name));
  }
}

TEST_CASE("a stream that is cut anywhere is ended properly") {
  const std::string bytes = capture("gc-collect-norundown.netcore31.nettrace");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Passed result = passed(std::string_view(bytes).substr(0, size));
    CHECK_FALSE(result.was_complete);
    if (result.bytes.empty()) continue;
    Nothing nothing;
    CHECK(read_stream(result.bytes, nothing).is_complete());
  }
}

TEST_CASE("a stream of a format that is not known is passed on as it is, and said to be so") {
  const Passed result = passed("Nettrace and then something new");
  CHECK(result.bytes == "Nettrace and then something new");
  CHECK(result.unknown_format != "");
}
