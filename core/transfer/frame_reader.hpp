// Reads what frame_writer wrote, in pieces of any size, and knows whether all of it came.
#pragma once

#include "core/transfer/frame.hpp"
#include "core/transfer/sha256.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace dotdiag::transfer {

class FrameReader {
 public:
  /// What is in the frames: data, messages and progress as they come.
  using Sink = std::function<void(FrameKind, std::string_view)>;

  explicit FrameReader(Sink sink) : sink_(std::move(sink)) {}

  /// False where this is not such a stream, or no longer: problem() says why, and nothing more is read.
  bool feed(std::string_view bytes);

  /// True where the end came, and length and sum are those of the data that came before.
  bool is_whole() const { return ending_.has_value() && problem_.empty(); }
  /// Only where it is whole.
  const Ending& ending() const { return *ending_; }
  /// True where the first line was there: whoever answers speaks our language.
  bool has_begun() const { return is_open_; }
  std::uint64_t data() const { return data_; }

  /// What is wrong with it; also that it has no end yet. Empty where it is whole.
  std::string problem() const;

 private:
  bool open();
  bool read_frame();
  void take(FrameKind kind, std::string_view payload);
  void take_end(std::string_view payload);
  bool fail(std::string why);

  Sink sink_;
  std::string waiting_;  ///< what is not read yet
  bool is_open_ = false;
  Sha256 sum_;
  std::uint64_t data_ = 0;
  std::optional<Ending> ending_;
  std::string problem_;
};

/// What the payload of an end says; nothing where it is none.
std::optional<Ending> parse_ending(std::string_view payload);

}  // namespace dotdiag::transfer
