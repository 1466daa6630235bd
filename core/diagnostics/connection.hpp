// One connection to a runtime, where every wait has an end.
#pragma once

#include "core/diagnostics/deadline.hpp"
#include "core/diagnostics/descriptor.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

class Connection {
 public:
  /// Takes a connected stream socket over.
  explicit Connection(Descriptor socket);

  /// Connects to the socket at `path`, which may be longer than a socket's address can be. Throws an unreachable
  /// Failure that says what stands in the way.
  static Connection to(const std::string& path, Deadline deadline);

  /// Sends all of `bytes`. Throws a closed Failure where the other side has gone, a timed_out one where it does not
  /// read.
  void send(std::string_view bytes, Deadline deadline);

  /// Exactly `count` bytes; fails as send does.
  std::string receive(std::size_t count, Deadline deadline);

  /// At least one byte into `buffer`, or none at the end of the stream. Throws a timed_out Failure.
  std::size_t receive_some(std::span<char> buffer, Deadline deadline);

  /// Ends the connection from any thread: one that is waiting for bytes sees the end.
  void shut_down();

  int descriptor() const { return socket_.get(); }

 private:
  void wait_for(short events, Deadline deadline) const;

  Descriptor socket_;
};

}  // namespace dotdiag::diagnostics
