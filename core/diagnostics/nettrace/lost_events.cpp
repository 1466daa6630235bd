#include "core/diagnostics/nettrace/lost_events.hpp"

#include "core/diagnostics/bytes.hpp"

namespace dotdiag::diagnostics {

void LostEvents::see(std::uint64_t capture_thread, std::uint32_t sequence) {
  std::uint32_t& last = last_[capture_thread];
  // Numbers wrap; one that lies behind is no gap of four thousand million events.
  const std::uint32_t step = sequence - last;
  if (step > 1 && step < 0x80000000) count_ += step - 1;
  last = sequence;
}

void LostEvents::see_sequence_point(std::string_view bytes, std::uint64_t offset) {
  ByteReader reader(bytes, offset);
  reader.u64();  // the time
  for (std::uint32_t count = reader.u32(); count > 0; --count) {
    const std::uint64_t thread = reader.u64();
    const std::uint32_t sequence = reader.u32();
    std::uint32_t& last = last_[thread];
    const std::uint32_t step = sequence - last;
    if (step < 0x80000000) count_ += step;
    last = sequence;
  }
}

}  // namespace dotdiag::diagnostics
