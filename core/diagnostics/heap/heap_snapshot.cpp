#include "core/diagnostics/heap/heap_snapshot.hpp"

#include "core/diagnostics/nettrace/nettrace_reader.hpp"
#include "core/diagnostics/trace_session.hpp"

#include <atomic>

namespace dotdiag::diagnostics {
namespace {

constexpr std::chrono::milliseconds look_around{100};

SessionWish session_for(std::uint64_t keywords, std::uint32_t level, std::uint32_t buffer_mb) {
  SessionWish wish;
  wish.buffer_mb = buffer_mb;
  wish.rundown = 0;
  wish.stacks = false;
  wish.providers = {{std::string(runtime_provider), keywords, level, {}}};
  return wish;
}

/// Empties the runtime's table of types that it has named already: .NET 3.1 names none in a second snapshot without
/// this (dotnet/diagnostics#5116). A session on the runtime's provider without keywords does it.
void forget_named_types(Client& client, const RuntimeVersion& version) {
  TraceSession session(client, version, session_for(0, 0, 1), [](std::string_view) {});
  session.wait(std::chrono::milliseconds(20));
  session.stop();
  session.finish(std::chrono::seconds(5));
}

}  // namespace

std::uint64_t take_heap_snapshot(Client& client, const RuntimeVersion& version, const SnapshotWish& wish,
                                 TraceHandler& handler, const std::function<bool()>& has_ended,
                                 const std::function<bool()>& keep_on) {
  forget_named_types(client, version);
  NettraceReader reader(handler);
  std::atomic<bool> is_over = false;
  SessionWish session_wish = session_for(heap_keywords, heap_level, wish.buffer_mb);
  // Older runtimes can only write everything they know in the rundown, which is more than the snapshot itself.
  if (wish.with_modules && version.major >= 9) session_wish.rundown = rundown_modules;
  TraceSession session(client, version, session_wish, [&](std::string_view bytes) {
    reader.feed(bytes);
    if (has_ended()) is_over = true;
  });
  std::uint64_t before = 0;
  auto last_news = std::chrono::steady_clock::now();
  while (!session.wait(look_around) && !is_over && keep_on()) {
    const auto now = std::chrono::steady_clock::now();
    if (session.received() != before) last_news = now;
    before = session.received();
    if (now - last_news > wish.silence) break;
  }
  session.stop();
  session.finish(wish.silence);
  return reader.lost_events();
}

}  // namespace dotdiag::diagnostics
