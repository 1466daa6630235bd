#include "core/diagnostics/nettrace/nettrace_reader.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/nettrace/event_block.hpp"
#include "core/diagnostics/nettrace/event_type.hpp"
#include "core/diagnostics/nettrace/object_bytes.hpp"

#include <algorithm>
#include <chrono>

namespace dotdiag::diagnostics {
namespace {

constexpr std::string_view file_magic("Nettrace\x14\0\0\0!FastSerialization.1", 32);

std::uint64_t unix_nanoseconds(ByteReader& reader) {
  using namespace std::chrono;
  const int year_number = reader.u16();
  const unsigned month_number = reader.u16();
  reader.u16();  // the day of the week
  const unsigned day_number = reader.u16();
  std::uint64_t milliseconds = 0;
  milliseconds += reader.u16() * 3'600'000ull;
  milliseconds += reader.u16() * 60'000ull;
  milliseconds += reader.u16() * 1'000ull;
  milliseconds += reader.u16();
  const year_month_day date{year(year_number), month(month_number), day(day_number)};
  if (!date.ok()) reader.fail("the trace begins on a day that does not exist");
  const auto days = sys_days(date).time_since_epoch().count();
  return (static_cast<std::uint64_t>(std::max<std::int64_t>(days, 0)) * 86'400'000 + milliseconds) * 1'000'000;
}

}  // namespace

void NettraceReader::feed(std::string_view bytes) {
  if (is_complete()) return;  // nothing belongs behind the end
  // Whole objects are used where they are; only the begin of one that is still coming is kept.
  if (!pending_.empty()) {
    pending_.append(bytes);
    if (pending_.size() < wanted_) return;
    std::string_view all = pending_;
    while (take_next(all)) {
    }
    pending_.erase(0, pending_.size() - all.size());
    return;
  }
  while (take_next(bytes)) {
  }
  pending_.assign(bytes);
}

/// Takes one thing from the front of `bytes`, which stands at base_; false where it needs more.
bool NettraceReader::take_next(std::string_view& bytes) {
  const std::size_t before = bytes.size();
  const bool taken = state_ == State::magic ? take_magic(bytes) : state_ == State::objects && take_object(bytes);
  base_ += before - bytes.size();
  return taken;
}

bool NettraceReader::take_magic(std::string_view& bytes) {
  const std::size_t compared = std::min(bytes.size(), file_magic.size());
  if (bytes.substr(0, compared) != file_magic.substr(0, compared))
    throw Failure(FailureKind::malformed, "this is not a .nettrace file: it does not begin like one");
  if (compared < file_magic.size()) return false;
  bytes.remove_prefix(file_magic.size());
  state_ = State::objects;
  return true;
}

bool NettraceReader::take_object(std::string_view& bytes) {
  if (!bytes.empty() && bytes.front() == stream_end) {
    bytes.remove_prefix(bytes.size());
    state_ = State::ended;
    return false;
  }
  const ObjectBytes object = next_object(bytes, base_);
  wanted_ = object.needed;
  if (object.needed > 0) return false;
  if (object.name == "Trace")
    on_trace(object.content, object.offset);
  else
    on_block(object.name, object.content, object.offset);
  bytes.remove_prefix(object.size);
  return true;
}

void NettraceReader::on_trace(std::string_view content, std::uint64_t offset) {
  ByteReader reader(content, offset);
  header_.unix_nanoseconds = unix_nanoseconds(reader);
  header_.ticks = reader.u64();
  header_.ticks_per_second = std::max<std::uint64_t>(reader.u64(), 1);
  header_.pointer_size = reader.u32();
  header_.pid = reader.u32();
  header_.processors = reader.u32();
  if (header_.pointer_size != 4 && header_.pointer_size != 8) reader.fail("addresses have neither 4 nor 8 bytes");
  handler_.on_header(header_);
}

void NettraceReader::on_block(const std::string& name, std::string_view content, std::uint64_t offset) {
  if (name == "EventBlock" || name == "MetadataBlock") {
    on_events(content, offset);
  } else if (name == "StackBlock") {
    stacks_.add(content, offset, header_.pointer_size);
  } else if (name == "SPBlock") {
    lost_.see_sequence_point(content, offset);
    stacks_.clear();
  }  // others may come with later versions, and can be skipped
}

void NettraceReader::on_events(std::string_view content, std::uint64_t offset) {
  EventBlock block(content, offset);
  while (block.next()) {
    const EventRecord& record = block.record();
    if (record.type == 0) {
      auto [number, type] = parse_event_type(record.payload, record.offset);
      types_.insert_or_assign(number, std::move(type));
      continue;
    }
    lost_.see(record.capture_thread, record.sequence);
    const auto type = types_.find(record.type);
    if (type == types_.end())
      ByteReader({}, record.offset).fail("an event has type " + std::to_string(record.type) + ", which is not defined");
    const auto stack = stacks_.find(record.stack);
    if (record.stack != 0 && !stack) ++missing_stacks_;
    handler_.on_event({type->second, record.thread, record.timestamp, stack.value_or(std::span<const std::uint64_t>()),
                       record.payload});
  }
}

}  // namespace dotdiag::diagnostics
