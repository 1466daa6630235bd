// What is counted, for Prometheus. Every series exists from the start, and no label's value comes from a user's object.
#pragma once

#include "webhook/admission.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// Why a TLS handshake came to nothing.
enum class HandshakeFailure {
  timed_out,           ///< the client was too slow
  closed,              ///< it went away: a port scan, or the probe of a load balancer
  not_tls,             ///< it spoke something else
  protocol,            ///< no version or cipher in common
  client_certificate,  ///< it has none, or not the one that is asked for
  rejected,            ///< it did not accept our certificate
  other
};

/// Counters are of one process, from its start. From any thread.
class Metrics {
 public:
  /// `policies`: the names that are known; what asks for others later is counted as `other`.
  explicit Metrics(const std::vector<std::string>& policies);
  ~Metrics();

  /// A review that was answered. `size`: bytes of its body.
  void reviewed(const AdmissionAnswer& answer, std::chrono::nanoseconds duration, std::size_t size);
  /// A request that was answered 429.
  void shed();
  void handshake_failed(HandshakeFailure why);
  void reloaded(std::string_view what, bool succeeded);

  /// What is not counted but measured when somebody asks.
  struct Now {
    std::size_t connections = 0;
    std::size_t in_flight = 0;
    std::chrono::system_clock::time_point certificate_ends;
  };
  /// All of it in Prometheus' text format, version 0.0.4.
  std::string text(const Now& now) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dotdiag
