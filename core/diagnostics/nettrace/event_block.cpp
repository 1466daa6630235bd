#include "core/diagnostics/nettrace/event_block.hpp"

namespace dotdiag::diagnostics {
namespace {

/// Bits of the byte that a compressed event begins with.
constexpr unsigned has_type = 1, has_capture = 2, has_thread = 4, has_stack = 8, has_activity = 16, has_related = 32,
                   has_size = 128;

constexpr std::uint64_t smallest_block_header = 20, activity_size = 16;

std::uint32_t narrow(ByteReader& reader) {
  const std::uint64_t value = reader.varuint();
  if (value > 0xFFFFFFFF) reader.fail("a number has more than 32 bits");
  return static_cast<std::uint32_t>(value);
}

}  // namespace

EventBlock::EventBlock(std::string_view bytes, std::uint64_t offset) : reader_(bytes, offset), begin_(offset) {
  if (bytes.empty()) return;
  const std::uint16_t header = reader_.u16();
  if (header < smallest_block_header) reader_.fail("a block's header is too short");
  compressed_ = (reader_.u16() & 1) != 0;
  reader_.take(header - 4u);
}

bool EventBlock::next() {
  if (reader_.at_end()) return false;
  if (compressed_)
    read_compressed();
  else
    read_plain();
  record_.offset = reader_.offset();
  record_.payload = reader_.take(record_.payload_size);
  while (!compressed_ && (reader_.offset() - begin_) % 4 != 0 && !reader_.at_end())
    reader_.take(1);
  return true;
}

void EventBlock::read_compressed() {
  const unsigned flags = reader_.u8();
  if (flags & has_type) record_.type = narrow(reader_);
  if (flags & has_capture) {
    record_.sequence += narrow(reader_);
    record_.capture_thread = reader_.varuint();
    narrow(reader_);  // the processor
  }
  if (record_.type != 0) ++record_.sequence;
  if (flags & has_thread) record_.thread = reader_.varuint();
  if (flags & has_stack) record_.stack = narrow(reader_);
  record_.timestamp += reader_.varuint();
  if (flags & has_activity) reader_.take(activity_size);
  if (flags & has_related) reader_.take(activity_size);
  if (flags & has_size) record_.payload_size = narrow(reader_);
}

void EventBlock::read_plain() {
  reader_.u32();  // the event's size, which the payload's size says as well
  record_.type = reader_.u32() & 0x7FFFFFFF;
  record_.sequence = reader_.u32();
  record_.thread = reader_.u64();
  record_.capture_thread = reader_.u64();
  reader_.u32();  // the processor
  record_.stack = reader_.u32();
  record_.timestamp = reader_.u64();
  reader_.take(2 * activity_size);
  record_.payload_size = reader_.u32();
}

}  // namespace dotdiag::diagnostics
