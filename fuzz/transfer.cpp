// Any bytes as a pod's answer: pieces give the same as the whole, what does not end rightly is never taken for whole,
// and nothing in it makes more data than was sent. Any bytes as what was packed: the same of unpacking.
#include "core/transfer/frame_reader.hpp"
#include "core/transfer/frame_writer.hpp"
#include "core/transfer/progress.hpp"
#include "core/transfer/unpack.hpp"
#include "fuzz/property.hpp"

#include <algorithm>
#include <string>

namespace dotdiag::fuzz {
namespace {

using namespace dotdiag::transfer;

/// What a reader made of a stream.
struct Reading {
  std::string data, others;
  bool is_whole = false;
  std::string problem;
  bool operator==(const Reading&) const = default;
};

Reading read(std::string_view stream, std::size_t piece) {
  Reading reading;
  FrameReader reader([&](FrameKind kind, std::string_view bytes) {
    if (kind == FrameKind::progress && bytes.ends_with('\n')) parse_progress(bytes.substr(0, bytes.size() - 1));
    (kind == FrameKind::data ? reading.data : reading.others) += bytes;
  });
  for (std::string_view left = stream; !left.empty(); left.remove_prefix(std::min(piece, left.size())))
    if (!reader.feed(left.substr(0, piece))) break;
  reading.is_whole = reader.is_whole();
  reading.problem = reader.problem();
  require(reading.is_whole == reading.problem.empty(), "what is not whole has words, and only that", reading.problem);
  require(reader.data() == reading.data.size(), "each byte of data is counted");
  require(!reading.is_whole || reader.ending().bytes == reading.data.size(), "what is whole has its length");
  return reading;
}

void check_stream(std::string_view stream) {
  const Reading whole = read(stream, stream.size() + 1);
  require(whole.data.size() + whole.others.size() <= stream.size(), "nothing comes out that did not go in");
  const Reading pieces = read(stream, 3);
  require(pieces.is_whole == whole.is_whole && pieces.data == whole.data && pieces.others == whole.others,
          "pieces give what the whole gives", pieces.problem + " / " + whole.problem);
}

/// `input` as what a command does: a letter, a length, and so many bytes, again and again.
std::string written_by(std::string_view input) {
  constexpr std::string_view letters = "DMPB";
  std::string stream;
  FrameWriter writer([&](std::string_view bytes) { stream += bytes; });
  while (input.size() >= 2) {
    const auto kind = static_cast<FrameKind>(letters[static_cast<unsigned char>(input[0]) % letters.size()]);
    const std::size_t length = static_cast<unsigned char>(input[1]);
    writer.write(kind, input.substr(2, length));
    input.remove_prefix(std::min(2 + length, input.size()));
  }
  writer.finish(0);
  return stream;
}

/// What was written arrives; cut off or changed at a place that the input chooses, it is not taken for the same.
void check_written(std::string_view input) {
  const std::string stream = written_by(input);
  const Reading sent = read(stream, 5);
  require(sent.is_whole, "what was written is whole", sent.problem);
  std::size_t place = input.size();
  for (const char byte : input)
    place = place * 31 + static_cast<unsigned char>(byte);
  place %= stream.size();
  require(!read(std::string_view(stream).substr(0, place), 5).is_whole, "what was cut off is not whole");
  std::string changed = stream;
  changed[place] = static_cast<char>(changed[place] ^ (input.empty() ? 1 : 1 << (input.size() % 8)));
  const Reading received = read(changed, 5);
  require(!received.is_whole || received.data == sent.data, "no other data is taken for what was sent");
}

std::string unpacked(std::string_view packed, std::size_t piece, std::string& problem) {
  constexpr std::size_t most = 1 << 20;  // a few bytes may be packed megabytes
  std::string text;
  Unpacker unpacker([&](std::string_view bytes) { text += bytes.substr(0, most - std::min(most, text.size())); });
  for (std::string_view left = packed; !left.empty(); left.remove_prefix(std::min(piece, left.size())))
    if (!unpacker.feed(left.substr(0, piece))) break;
  problem = unpacker.problem();
  return text;
}

void check_packed(std::string_view packed) {
  std::string of_whole, of_pieces;
  const std::string whole = unpacked(packed, packed.size() + 1, of_whole);
  const std::string pieces = unpacked(packed, 3, of_pieces);
  require(of_whole.empty() == of_pieces.empty(), "pieces unpack where the whole does", of_whole + " / " + of_pieces);
  require(!of_whole.empty() || whole == pieces, "pieces unpack to what the whole does");
}

}  // namespace

void check(std::string_view input) {
  check_stream(input);
  check_stream(std::string(opening).append(input));
  check_written(input);
  check_packed(input);
}

}  // namespace dotdiag::fuzz
