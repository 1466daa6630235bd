// Asks a runtime: one connection and one write for each request, and a time limit for each.
#pragma once

#include "core/diagnostics/process_info.hpp"
#include "core/diagnostics/request.hpp"
#include "core/diagnostics/runtime_address.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace dotdiag::diagnostics {

/// How long a request may take that the runtime answers from memory.
inline constexpr std::chrono::milliseconds quick_answer{5'000};

/// A success: its payload, and the connection, on which some commands go on sending.
struct Reply {
  std::string payload;
  Connection connection;
};

class Client {
 public:
  /// `address` must outlive this. `limit` is for each request that does not bring its own.
  explicit Client(RuntimeAddress& address, std::chrono::milliseconds limit = quick_answer)
      : address_(address), limit_(limit) {}

  std::chrono::milliseconds limit() const { return limit_; }

  /// Throws a Failure of any kind but unsuitable, whose words name the command.
  Reply ask(const Request& request) { return ask(request, limit_); }
  Reply ask(const Request& request, std::chrono::milliseconds limit);

  /// The two halves of ask(), for whoever must be able to end the wait: shut the connection down from another thread.
  Connection send(const Request& request, Deadline deadline);
  std::string answer(Connection& connection, const Request& request, Deadline deadline);

  /// The newest form of ProcessInfo that the runtime knows. Runtimes before 5.0 know none: `variant` is 0 then.
  ProcessInfo process_info();

  /// `NAME=value` each. Holds every secret that the environment holds.
  std::vector<std::string> environment();

 private:
  RuntimeAddress& address_;
  std::chrono::milliseconds limit_;
};

}  // namespace dotdiag::diagnostics
