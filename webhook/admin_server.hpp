// Probes and metrics over plain HTTP, on a thread of their own: they answer while admission has more to do than it can.
#pragma once

#include "webhook/answers.hpp"
#include "webhook/endpoint.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace dotdiag {

/// The answer to GET or HEAD of a path, without the query. Called on the admin server's thread.
using AdminAnswer = std::function<Answer(std::string_view path)>;

/// One request a connection, then it is closed: those who ask come every few seconds. At most 64 connections, each for
/// at most five seconds and 8 KiB.
class AdminServer {
 public:
  /// Listens, and answers from now on until it is destroyed. Throws InputError where `endpoint` cannot be listened at.
  AdminServer(const Endpoint& endpoint, AdminAnswer answer);
  ~AdminServer();

  std::uint16_t port() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dotdiag
