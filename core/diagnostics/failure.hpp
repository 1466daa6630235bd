// The one error between us and a runtime: what went wrong, why, and what to do.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace dotdiag::diagnostics {

/// What a caller may want to tell apart.
enum class FailureKind {
  refused,      ///< the runtime answered with an error
  closed,       ///< the connection ended before the answer was there
  timed_out,    ///< nothing came within the time limit
  unreachable,  ///< no connection: no socket, nobody behind it, or not allowed
  malformed,    ///< bytes that are not what the specification says
  unsuitable,   ///< we do not even ask: it could not work, or could do harm
};

/// what() reads `what went wrong: why: what to do`.
class Failure : public std::runtime_error {
 public:
  Failure(FailureKind kind, const std::string& what, std::uint32_t hresult = 0)
      : std::runtime_error(what), kind_(kind), hresult_(hresult) {}

  FailureKind kind() const { return kind_; }
  /// The runtime's own code where it refused, else 0.
  std::uint32_t hresult() const { return hresult_; }

 private:
  FailureKind kind_;
  std::uint32_t hresult_;
};

}  // namespace dotdiag::diagnostics
