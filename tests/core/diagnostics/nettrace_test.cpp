// The reader of event streams, on recorded ones: whole, in pieces, cut off, with events lost, and damaged.
#include "core/diagnostics/nettrace/nettrace_reader.hpp"

#include "core/diagnostics/failure.hpp"
#include "tests/core/diagnostics/captures.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <random>

using namespace dotdiag::diagnostics;
using dotdiag::test::capture;
using dotdiag::test::read_stream;

namespace {

/// Everything that came, as text, and how much of it there was.
class Everything : public TraceHandler {
 public:
  void on_header(const TraceHeader& header) override { header_ = header; }
  void on_event(const TraceEvent& event) override {
    ++events_;
    frames_ += event.stack.size();
    payload_ += event.payload.size();
    last_ = event.type.provider + "/" + std::to_string(event.type.id) + " " + event.type.name;
  }

  TraceHeader header_;
  std::size_t events_ = 0, frames_ = 0, payload_ = 0;
  std::string last_;
};

constexpr std::array whole = {"counters.net10.nettrace",
                              "counters.netcore31.nettrace",
                              "gc-collect-norundown.net10.nettrace",
                              "gc-collect-norundown.netcore31.nettrace",
                              "heap.net10.nettrace",
                              "heap.netcore31.nettrace",
                              "meters.net10.nettrace",
                              "stacks.net10.nettrace",
                              "stacks.netcore31.nettrace"};

}  // namespace

TEST_CASE("the smallest stream has one of everything") {
  Everything all;
  const NettraceReader reader = read_stream(capture("gc-collect-norundown.netcore31.nettrace"), all);
  CHECK(reader.is_complete());
  CHECK(all.header_.pid == 10648);
  CHECK(all.header_.processors == 2);
  CHECK(all.header_.pointer_size == 8);
  CHECK(all.header_.ticks_per_second == 1'000'000'000);
  CHECK(all.events_ == 1);
  CHECK(all.last_ == "Microsoft-DotNETCore-EventPipe/1 ProcessInfo");
}

TEST_CASE("whole streams are read to their end, with every stack and no event lost") {
  for (const char* name : whole) {
    CAPTURE(name);
    Everything all;
    const NettraceReader reader = read_stream(capture(name), all);
    CHECK(reader.is_complete());
    CHECK(reader.lost_events() == 0);
    CHECK(reader.missing_stacks() == 0);
    CHECK(all.events_ > 0);
  }
}

TEST_CASE("pieces of any size give the same events") {
  const std::string bytes = capture("counters.net10.nettrace");
  Everything at_once;
  read_stream(bytes, at_once, bytes.size());
  for (const std::size_t piece : {1, 7, 20, 4096}) {
    Everything in_pieces;
    CHECK(read_stream(bytes, in_pieces, piece).is_complete());
    CHECK(in_pieces.events_ == at_once.events_);
    CHECK(in_pieces.frames_ == at_once.frames_);
    CHECK(in_pieces.payload_ == at_once.payload_);
  }
}

TEST_CASE("lost events are counted") {
  // 125 in the middle of one thread, and the first 28 of another.
  Everything all;
  CHECK(read_stream(capture("heap-lossy.net10.nettrace"), all).lost_events() == 125 + 28);
}

TEST_CASE("a stream that was cut off is read up to the cut, and whole again when it is repaired there") {
  const std::string cut = capture("truncated-by-sigkill.netcore31.nettrace");
  Everything all;
  const NettraceReader reader = read_stream(cut, all);
  CHECK_FALSE(reader.is_complete());
  CHECK(all.events_ > 0);
  Everything again;
  const std::string repaired = cut.substr(0, reader.whole_until()) + stream_end;
  CHECK(read_stream(repaired, again).is_complete());
  CHECK(again.events_ == all.events_);
}

TEST_CASE("wherever a stream is cut, its repair is whole") {
  const std::string bytes = capture("gc-collect-norundown.net10.nettrace");
  for (std::size_t size = 32; size < bytes.size(); ++size) {
    Everything all, again;
    const NettraceReader reader = read_stream(bytes.substr(0, size), all);
    CHECK_FALSE(reader.is_complete());
    CHECK(read_stream(bytes.substr(0, reader.whole_until()) + stream_end, again).is_complete());
  }
}

TEST_CASE("what is no stream is said to be none") {
  Everything all;
  CHECK_THROWS_WITH(read_stream("Netflix and so on", all), Catch::Contains("this is not a .nettrace file"));
  CHECK_FALSE(read_stream("Nettr", all).is_complete());
}

TEST_CASE("a damaged stream ends in words, and never outside its bytes") {
  const std::string bytes = capture("counters.netcore31.nettrace");
  std::mt19937 random(1);
  for (int round = 0; round < 2'000; ++round) {
    std::string damaged = bytes;
    for (int i = 0; i < 3; ++i)
      damaged[random() % damaged.size()] = static_cast<char>(random());
    Everything all;
    try {
      read_stream(damaged, all);
    } catch (const Failure& failure) {
      REQUIRE(failure.kind() == FailureKind::malformed);
      REQUIRE(std::string(failure.what()).size() > 20);
    }
  }
}
