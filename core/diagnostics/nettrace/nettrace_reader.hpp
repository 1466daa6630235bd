// Reads a .nettrace stream (format version 4) as its bytes arrive, and hands out the events.
//
// All sizes in it come from another process. A block is bounded, nothing is allocated for a number that the bytes do
// not bear out, and the first inconsistency ends the reading with a malformed Failure that says where it stands. Memory
// does not grow with the length of the stream but for the definitions of event types.
#pragma once

#include "core/diagnostics/nettrace/event.hpp"
#include "core/diagnostics/nettrace/lost_events.hpp"
#include "core/diagnostics/nettrace/stack_table.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dotdiag::diagnostics {

class NettraceReader {
 public:
  /// `handler` must outlive this.
  explicit NettraceReader(TraceHandler& handler) : handler_(handler) {}

  /// The next bytes of the stream. Throws a malformed Failure, and whatever the handler throws.
  void feed(std::string_view bytes);

  /// True once the mark of the stream's end was read. A stream without it was cut off.
  bool is_complete() const { return state_ == State::ended; }

  /// Where the last whole object ends: a cut file is whole again when it is cut here and gets `stream_end` appended.
  std::uint64_t whole_until() const { return base_; }

  std::uint64_t lost_events() const { return lost_.count(); }
  /// Events that referred to a stack which had not come.
  std::uint64_t missing_stacks() const { return missing_stacks_; }

 private:
  enum class State { magic, objects, ended };

  bool take_next(std::string_view& bytes);
  bool take_magic(std::string_view& bytes);
  bool take_object(std::string_view& bytes);
  void on_trace(std::string_view content, std::uint64_t offset);
  void on_block(const std::string& name, std::string_view content, std::uint64_t offset);
  void on_events(std::string_view content, std::uint64_t offset);

  TraceHandler& handler_;
  State state_ = State::magic;
  std::string pending_;     ///< what could not be used yet
  std::uint64_t base_ = 0;  ///< where `pending_` begins in the stream
  std::size_t wanted_ = 0;  ///< bytes that `pending_` must have before it is worth another look
  TraceHeader header_;
  std::unordered_map<std::uint32_t, EventType> types_;
  StackTable stacks_;
  LostEvents lost_;
  std::uint64_t missing_stacks_ = 0;
};

/// The byte that ends a stream.
inline constexpr char stream_end = 1;

}  // namespace dotdiag::diagnostics
