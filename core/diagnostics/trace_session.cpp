#include "core/diagnostics/trace_session.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/hresult.hpp"

#include <vector>

namespace dotdiag::diagnostics {
namespace {

/// A runtime that has started a session under memory pressure can take a while.
constexpr std::chrono::milliseconds start_limit{15'000};
/// StopTracing answers when the rundown has been sent, which takes minutes in a big application: no answer within this
/// is only an error where no bytes come either, see finish().
constexpr std::chrono::milliseconds stop_limit{30 * 60'000};
/// A session can be silent for as long as nothing happens.
constexpr std::chrono::milliseconds look_around{1'000'000'000};

Reply start(Client& client, const RuntimeVersion& version, const SessionWish& wish) {
  try {
    return client.ask(collect_request(version, wish), start_limit);
  } catch (const Failure& failure) {
    if (failure.hresult() == hresult_unknown_command) return client.ask(collect_request_2(wish), start_limit);
    if (failure.hresult() != hresult_fail) throw;
    throw Failure(FailureKind::refused, std::string(failure.what()) + ": if 64 sessions are open already, end one",
                  failure.hresult());
  }
}

std::uint64_t session_id(const Reply& reply) {
  return ByteReader(reply.payload).u64();
}

}  // namespace

Request collect_request(const RuntimeVersion& version, const SessionWish& wish) {
  return version.major >= 9 ? collect_request_4(wish) : collect_request_2(wish);
}

TraceSession::TraceSession(Client& client, const RuntimeVersion& version, const SessionWish& wish, Sink sink)
    : client_(client), stream_(Descriptor()) {
  Reply reply = start(client, version, wish);
  id_ = session_id(reply);
  stream_ = std::move(reply.connection);
  reader_ = std::thread([this, sink = std::move(sink)] { read(sink); });
}

TraceSession::~TraceSession() {
  abandon();
  if (reader_.joinable()) reader_.join();
  if (stopper_.joinable()) stopper_.join();
}

void TraceSession::read(const Sink& sink) {
  std::vector<char> buffer(256 * 1024);
  std::exception_ptr error;
  try {
    while (const std::size_t count = stream_.receive_some(buffer, Deadline::in(look_around))) {
      received_ += count;
      sink({buffer.data(), count});
    }
  } catch (...) {  // whatever the sink throws belongs to the thread that calls finish()
    error = std::current_exception();
    stream_.shut_down();
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  sink_error_ = error;
  changed_.notify_all();
}

bool TraceSession::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, time, [&] { return ended_; });
}

void TraceSession::stop() {
  if (!stopper_.joinable()) stopper_ = std::thread([this] { ask_to_stop(); });
}

/// False where the session was abandoned meanwhile.
bool TraceSession::open_stop_connection(const Request& request, Deadline deadline) {
  auto connection = std::make_unique<Connection>(client_.send(request, deadline));
  const std::lock_guard lock(mutex_);
  stop_connection_ = std::move(connection);
  return !abandoned_;
}

void TraceSession::ask_to_stop() {
  const Request request = stop_request(id_);
  try {
    if (open_stop_connection(request, Deadline::in(start_limit)))
      client_.answer(*stop_connection_, request, Deadline::in(stop_limit));
  } catch (const Failure& failure) {
    const std::lock_guard lock(mutex_);
    // A process that ends closes both connections: its stream is whole, and says all there is to say.
    const bool has_ended =
        ended_ || failure.kind() == FailureKind::closed || failure.kind() == FailureKind::unreachable;
    if (!has_ended) stop_error_ = std::current_exception();
  }
}

void TraceSession::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  stream_.shut_down();
  if (stop_connection_) stop_connection_->shut_down();
}

void TraceSession::finish(std::chrono::milliseconds silence) {
  bool has_hung = false;
  for (std::uint64_t before = received_; !wait(silence); before = received_) {
    if (received_ != before) continue;
    has_hung = true;
    abandon();
  }
  if (stopper_.joinable()) stopper_.join();
  if (sink_error_) std::rethrow_exception(sink_error_);
  if (has_hung)
    throw Failure(FailureKind::timed_out, "stopping the session: nothing came for " +
                                              std::to_string(silence.count() / 1000) +
                                              " s, so it was closed: the process is stopped, or too busy");
  if (stop_error_) std::rethrow_exception(stop_error_);
}

}  // namespace dotdiag::diagnostics
