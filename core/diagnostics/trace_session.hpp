// A stream of events from a runtime. The stream is read all the time, also while stopping: with nobody reading, the
// runtime's diagnostics server waits for ever, and nobody can ask it anything.
#pragma once

#include "core/diagnostics/client.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>

namespace dotdiag::diagnostics {

class TraceSession {
 public:
  /// Gets the bytes of the stream, which is a .nettrace file, in order, on a thread of the session's. Where it throws
  /// the session ends, which harms nobody, and finish() throws the same.
  using Sink = std::function<void(std::string_view)>;

  /// Starts the session. `version` chooses the form of the request; `client` must outlive this. Throws a Failure.
  TraceSession(Client& client, const RuntimeVersion& version, const SessionWish& wish, Sink sink);

  /// Closes the stream: the runtime ends the session at its next write.
  ~TraceSession();
  TraceSession(const TraceSession&) = delete;
  TraceSession& operator=(const TraceSession&) = delete;

  /// Waits until the stream has ended, for `time` at most. True where it has.
  bool wait(std::chrono::milliseconds time);

  /// Asks the runtime to write what it has, then the rundown, and to end the stream. Returns at once; wait() for the
  /// end.
  void stop();

  /// Closes the stream now. What was received stays valid up to its last whole block.
  void abandon();

  /// Waits for the end of a stopped or abandoned stream; throws what the sink threw, or the Failure of the stop. The
  /// stream may take as long as it likes while bytes come; where none come for `silence` it is abandoned, and that is a
  /// timed_out Failure.
  void finish(std::chrono::milliseconds silence);

  /// Bytes received so far.
  std::uint64_t received() const { return received_; }

 private:
  void read(const Sink& sink);
  void ask_to_stop();
  bool open_stop_connection(const Request& request, Deadline deadline);

  Client& client_;
  std::uint64_t id_ = 0;
  Connection stream_;
  std::atomic<std::uint64_t> received_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  bool abandoned_ = false;
  std::unique_ptr<Connection> stop_connection_;
  std::exception_ptr sink_error_;
  std::exception_ptr stop_error_;
  std::thread reader_;
  std::thread stopper_;
};

/// The form of the request that this runtime understands: keywords for the rundown only since 9.0.
Request collect_request(const RuntimeVersion& version, const SessionWish& wish);

}  // namespace dotdiag::diagnostics
