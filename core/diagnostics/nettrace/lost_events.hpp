// How many events the runtime dropped because its buffer was full: each thread numbers its events without gaps.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace dotdiag::diagnostics {

class LostEvents {
 public:
  /// An event with this number came from this thread.
  void see(std::uint64_t capture_thread, std::uint32_t sequence);

  /// The content of an SPBlock: how far each thread had got. Throws a malformed Failure.
  void see_sequence_point(std::string_view bytes, std::uint64_t offset);

  std::uint64_t count() const { return count_; }

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> last_;
  std::uint64_t count_ = 0;
};

}  // namespace dotdiag::diagnostics
