// Takes a heap snapshot of a live process: the session around it, and when it is over.
#pragma once

#include "core/diagnostics/client.hpp"
#include "core/diagnostics/heap/heap_events.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

namespace dotdiag::diagnostics {

struct SnapshotWish {
  std::uint32_t buffer_mb = 256;
  bool with_modules = false;                  ///< so that types know their module's path
  std::chrono::milliseconds silence{30'000};  ///< ends the snapshot, incomplete, where nothing comes for so long
};

/// Feeds the stream to `handler` until `has_ended` says that all has come, asked after each piece of it, on the
/// session's thread. `keep_on` is asked a few times a second and can end it early. Answers the number of lost events.
/// Throws a Failure; a stream that just ends is none.
std::uint64_t take_heap_snapshot(Client& client, const RuntimeVersion& version, const SnapshotWish& wish,
                                 TraceHandler& handler, const std::function<bool()>& has_ended,
                                 const std::function<bool()>& keep_on);

}  // namespace dotdiag::diagnostics
