#include "collect/heap_request.hpp"

#include "collect/consent.hpp"
#include "collect/interrupt.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/memory_room.hpp"
#include "core/diagnostics/proc.hpp"

#include <algorithm>
#include <iostream>

namespace dotdiag::collect {
namespace {

constexpr std::uint32_t least_buffer_mb = 16, most_buffer_mb = 1024;

/// No object is smaller, and small ones are what large heaps are made of; in the stream each takes 47 on average.
constexpr std::uint64_t heap_bytes_per_object = 24, stream_bytes_per_object = 48;

/// Measured from 0.1 (5 million objects) to 0.4 microseconds (20 million).
constexpr double objects_per_pause_second = 2'500'000;
constexpr double pause_worth_asking = 2;  // seconds

/// At most: not all of the memory that a process has written to is its heap.
std::uint64_t most_objects(const Target& target) {
  return target.process().status.resident_kb * 1024 / heap_bytes_per_object;
}

std::uint32_t wanted_buffer(const Target& target, const Arguments& arguments) {
  if (arguments.has("buffer")) return static_cast<std::uint32_t>(arguments.number("buffer", 0, 1, 16'384));
  return likely_buffer(target);
}

void ask_where_it_is_long(const Target& target, const Arguments& arguments, std::uint32_t buffer_mb) {
  const double seconds = longest_pause(target);
  if (seconds < pause_worth_asking) return;
  ask_for_consent(arguments, target.title() + " holds " + size_words(target.process().status.resident_kb * 1024) +
                                 ": a heap snapshot makes it collect and stand still, for up to " +
                                 std::to_string(static_cast<int>(seconds)) +
                                 " s if all of that is heap, and its buffer can take " + std::to_string(buffer_mb) +
                                 " MB more of its memory meanwhile");
}

}  // namespace

std::vector<Option> heap_options(std::vector<Option> own) {
  own.push_back(
      {"buffer", '\0', "MB", "The session's buffer, in the memory of the process; default: by its size and limit"});
  own.push_back(yes_option);
  return with_target(std::move(own));
}

// Enough for the whole stream, as if nobody read it: the collector writes faster than the runtime sends.
std::uint32_t likely_buffer(const Target& target) {
  const std::uint64_t megabytes = most_objects(target) * stream_bytes_per_object >> 20;
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(megabytes, 64, most_buffer_mb));
}

double longest_pause(const Target& target) {
  return static_cast<double>(most_objects(target)) / objects_per_pause_second;
}

std::uint64_t take_snapshot(Target& target, const Arguments& arguments, bool with_modules,
                            diagnostics::TraceHandler& handler, const std::function<bool()>& has_ended) {
  diagnostics::SnapshotWish wish;
  wish.with_modules = with_modules;
  const std::uint32_t wanted = wanted_buffer(target, arguments);
  wish.buffer_mb =
      buffer_that_fits(diagnostics::memory_room(target.process().pid), wanted, std::min(wanted, least_buffer_mb));
  ask_where_it_is_long(target, arguments, wish.buffer_mb);
  return diagnostics::take_heap_snapshot(target.client(), target.version(), wish, handler, has_ended,
                                         [] { return !is_interrupted(); });
}

int report_gaps(const std::vector<std::string>& gaps) {
  if (gaps.empty()) return 0;
  std::cerr << "THIS SNAPSHOT IS NOT WHOLE: its figures are too small, and not in proportion\n";
  for (const std::string& gap : gaps)
    std::cerr << "  " << gap << '\n';
  std::cerr << "Where events were lost, a larger --buffer helps.\n";
  return 1;
}

}  // namespace dotdiag::collect
