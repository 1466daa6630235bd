// Passes a stream on in whole objects only, and ends it as it should end: what is written is a valid .nettrace file at
// any time but for its last byte, whatever happens to the process. PerfView refuses a file that is cut in the middle
// (dotnet/diagnostics#570).
#pragma once

#include "core/diagnostics/nettrace/nettrace_reader.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

class WholeTrace {
 public:
  using Sink = std::function<void(std::string_view)>;

  explicit WholeTrace(Sink sink) : sink_(std::move(sink)), reader_(nothing_) {}

  void feed(std::string_view bytes);

  /// Writes the end where the stream did not bring it. True where it did.
  bool finish();

  std::uint64_t written() const { return written_; }
  std::uint64_t lost_events() const { return reader_.lost_events(); }
  /// Not empty: the stream is in a format that this reader does not know, so it is passed on as it is.
  const std::string& unknown_format() const { return unknown_format_; }

 private:
  class Nothing : public TraceHandler {
    void on_event(const TraceEvent&) override {}
  };

  void write(std::string_view bytes);

  Sink sink_;
  Nothing nothing_;
  NettraceReader reader_;
  std::string held_;
  std::uint64_t written_ = 0;
  std::string unknown_format_;
};

}  // namespace dotdiag::diagnostics
