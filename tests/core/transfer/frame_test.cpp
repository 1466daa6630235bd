// Answers in frames: read in any pieces, cut at any byte, damaged at any byte, and what is none.
#include "core/transfer/frame_reader.hpp"
#include "core/transfer/frame_writer.hpp"
#include "core/transfer/progress.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace dotdiag::transfer;

namespace {

struct Answer {
  std::string data, messages, progress;
};

std::string written(int exit_code = 0) {
  std::string stream;
  FrameWriter writer([&](std::string_view bytes) { stream += bytes; });
  writer.write(FrameKind::beat, {});
  writer.write(FrameKind::message, "shop writes\n");
  writer.write(FrameKind::data, std::string("one\0two", 7));
  writer.write(FrameKind::progress, "taking 7 14\n");
  writer.write(FrameKind::data, std::string(300, '\xFF'));
  writer.finish(exit_code);
  return stream;
}

const std::string sent = std::string("one\0two", 7) + std::string(300, '\xFF');

/// The reader after `stream`, and what came out of it.
class Reading {
 public:
  explicit Reading(std::string_view stream, std::size_t piece = 64) {
    for (; !stream.empty(); stream.remove_prefix(std::min(piece, stream.size())))
      reader.feed(stream.substr(0, piece));
  }
  Answer answer;
  FrameReader reader{[this](FrameKind kind, std::string_view bytes) {
    (kind == FrameKind::data ? answer.data : kind == FrameKind::message ? answer.messages : answer.progress) += bytes;
  }};
};

}  // namespace

TEST_CASE("what was written is read, in pieces of any size") {
  const std::string stream = written(1);
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    const Reading reading(stream, piece);
    CAPTURE(piece);
    REQUIRE(reading.reader.is_whole());
    REQUIRE(reading.reader.ending().exit_code == 1);
    REQUIRE(reading.reader.ending().bytes == sent.size());
    REQUIRE(reading.answer.data == sent);
    REQUIRE(reading.answer.messages == "shop writes\n");
    REQUIRE(reading.answer.progress == "taking 7 14\n");
  }
}

TEST_CASE("an answer that is cut at any byte is not taken for a whole one") {
  const std::string stream = written();
  for (std::size_t length = 0; length < stream.size(); ++length) {
    const Reading reading(stream.substr(0, length));
    CAPTURE(length);
    REQUIRE_FALSE(reading.reader.is_whole());
    REQUIRE_FALSE(reading.reader.problem().empty());
  }
}

TEST_CASE("a damaged byte is noticed, or the data is what was sent all the same") {
  for (std::size_t at = 0; at < written().size(); ++at) {
    std::string stream = written();
    stream[at] = static_cast<char>(stream[at] ^ 0x41);
    const Reading reading(stream);
    CAPTURE(at);
    REQUIRE((!reading.reader.is_whole() || reading.answer.data == sent));
  }
}

TEST_CASE("a piece that is missing, twice there or behind the end is noticed") {
  const std::string stream = written();
  CHECK_FALSE(Reading(stream.substr(0, 60) + stream.substr(61)).reader.is_whole());
  CHECK_FALSE(Reading(stream + "x").reader.is_whole());
  CHECK_FALSE(Reading(stream + stream).reader.is_whole());
}

TEST_CASE("what another program says is shown as it began, and moves no cursor") {
  const Reading reading("OCI runtime \x1B[2Jexec failed: no such file\nand more");
  CHECK(reading.reader.problem() ==
        "what came is no answer of dotdiag-collect: `OCI runtime ?[2Jexec failed: no such file`");
  CHECK_FALSE(reading.reader.has_begun());
  CHECK(Reading("").reader.problem() == "no answer came");
  CHECK(Reading("dotdiag-stream 1\n").reader.problem() == "the answer has no end");
  CHECK_FALSE(Reading("dotdiag-stream 2\n").reader.is_whole());
}

TEST_CASE("a frame that is longer than any is foreign, and not waited for") {
  const Reading reading(std::string(opening) + "D\xFF\xFF\xFF\xFF");
  CHECK(reading.reader.problem() == "foreign bytes are in the answer");
}

TEST_CASE("data that does not fit into one frame is written in several") {
  std::string stream;
  FrameWriter writer([&](std::string_view bytes) { stream += bytes; });
  const std::string much(2 * most_bytes_in_frame + 1, 'x');
  writer.write(FrameKind::data, much);
  writer.finish(0);
  const Reading reading(stream, 100'000);
  CHECK(reading.reader.is_whole());
  CHECK(reading.answer.data == much);
}

TEST_CASE("an end that says something else than its three numbers is none") {
  CHECK(parse_ending("0 7 abc")->bytes == 7);
  for (const char* text : {"", "0", "0 7", "0 x abc", "x 7 abc", " 0 7 abc", "0  7 abc"})
    CHECK_FALSE(parse_ending(text));
}

TEST_CASE("progress is a line of three words") {
  const auto progress = parse_progress("taking 120 379");
  REQUIRE(progress);
  CHECK(progress->phase == "taking");
  CHECK(progress_line(*progress) == "taking 120 379\n");
  CHECK_FALSE(parse_progress("taking much"));
  CHECK_FALSE(parse_progress(""));
}
