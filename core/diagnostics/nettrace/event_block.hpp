// The events of an EventBlock or MetadataBlock, one after the other. Their headers are compressed: each has only what
// differs from the one before it.
#pragma once

#include "core/diagnostics/bytes.hpp"

#include <cstdint>
#include <string_view>

namespace dotdiag::diagnostics {

/// An event as it stands in its block.
struct EventRecord {
  std::uint32_t type = 0;  ///< the number of its EventType; 0 for the definition of one
  std::uint32_t sequence = 0;
  std::uint64_t capture_thread = 0;
  std::uint64_t thread = 0;
  std::uint32_t stack = 0;
  std::uint64_t timestamp = 0;
  std::uint32_t payload_size = 0;
  std::string_view payload;
  std::uint64_t offset = 0;  ///< of the payload in the stream
};

class EventBlock {
 public:
  /// `bytes` is the block's content, which stands at `offset` in the stream. Throws a malformed Failure, as next()
  /// does.
  EventBlock(std::string_view bytes, std::uint64_t offset);

  /// Moves on to the next event; false at the end.
  bool next();
  const EventRecord& record() const { return record_; }

 private:
  void read_compressed();
  void read_plain();

  ByteReader reader_;
  std::uint64_t begin_ = 0;
  bool compressed_ = false;
  EventRecord record_;
};

}  // namespace dotdiag::diagnostics
