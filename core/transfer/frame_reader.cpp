#include "core/transfer/frame_reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace dotdiag::transfer {
namespace {

constexpr std::size_t shown_of_garbage = 60;

/// The beginning of what came instead of a stream, as a terminal can show it.
std::string shown(std::string_view bytes) {
  std::string text(bytes.substr(0, std::min(bytes.find('\n'), shown_of_garbage)));
  for (char& character : text)
    if (static_cast<unsigned char>(character) < 0x20 || static_cast<unsigned char>(character) > 0x7E) character = '?';
  return text;
}

bool is_kind(char letter) {
  return std::string_view("DMPBE").find(letter) != std::string_view::npos;
}

std::uint32_t length_of(std::string_view head) {
  std::uint32_t length = 0;
  for (std::size_t i = 1; i < head_size; ++i)
    length = length << 8 | static_cast<unsigned char>(head[i]);
  return length;
}

/// The number at the beginning of `text`, which loses it and the space behind it.
template <typename Number>
bool take_number(std::string_view& text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto length = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || length >= text.size() || text[length] != ' ') return false;
  text.remove_prefix(length + 1);
  return true;
}

}  // namespace

std::optional<Ending> parse_ending(std::string_view payload) {
  Ending ending;
  if (!take_number(payload, ending.exit_code) || !take_number(payload, ending.bytes)) return std::nullopt;
  ending.sha256 = std::string(payload);
  return ending;
}

bool FrameReader::feed(std::string_view bytes) {
  if (!problem_.empty()) return false;
  waiting_.append(bytes);
  if (!is_open_ && !open()) return problem_.empty();
  while (problem_.empty() && read_frame()) {
  }
  return problem_.empty();
}

/// True once the opening was read.
bool FrameReader::open() {
  const std::string_view first = std::string_view(waiting_).substr(0, opening.size());
  if (!opening.starts_with(first)) return fail("what came is no answer of dotdiag-collect: `" + shown(waiting_) + "`");
  if (first.size() < opening.size()) return false;
  waiting_.erase(0, opening.size());
  return is_open_ = true;
}

/// False where more must come first.
bool FrameReader::read_frame() {
  if (waiting_.empty()) return false;
  if (ending_) return fail("something follows the end of the answer");
  if (!is_kind(waiting_[0])) return fail("foreign bytes are in the answer");
  if (waiting_.size() < head_size) return false;
  const std::uint32_t length = length_of(waiting_);
  if (length > most_bytes_in_frame) return fail("foreign bytes are in the answer");
  if (waiting_.size() < head_size + length) return false;
  take(static_cast<FrameKind>(waiting_[0]), std::string_view(waiting_).substr(head_size, length));
  waiting_.erase(0, head_size + length);
  return true;
}

void FrameReader::take(FrameKind kind, std::string_view payload) {
  if (kind == FrameKind::end) return take_end(payload);
  if (kind == FrameKind::beat) return;
  if (kind == FrameKind::data) {
    sum_.add(payload);
    data_ += payload.size();
  }
  sink_(kind, payload);
}

void FrameReader::take_end(std::string_view payload) {
  const auto ending = parse_ending(payload);
  if (!ending) {
    fail("the end of the answer cannot be read");
    return;
  }
  ending_ = ending;
  if (ending->bytes != data_)
    fail("of " + std::to_string(ending->bytes) + " bytes " + std::to_string(data_) + " came");
  else if (sum_.finish() != ending->sha256)
    fail("the bytes are not those that were sent: their SHA-256 differs");
}

bool FrameReader::fail(std::string why) {
  problem_ = std::move(why);
  return false;
}

std::string FrameReader::problem() const {
  if (!problem_.empty() || ending_) return problem_;
  return is_open_ ? "the answer has no end" : "no answer came";
}

}  // namespace dotdiag::transfer
