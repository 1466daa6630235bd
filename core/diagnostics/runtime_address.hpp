// Where a runtime can be asked: a socket of its own, or connections that it makes to us.
#pragma once

#include "core/diagnostics/connection.hpp"

#include <string>
#include <utility>

namespace dotdiag::diagnostics {

class RuntimeAddress {
 public:
  virtual ~RuntimeAddress() = default;

  /// A fresh connection, good for one request. Throws an unreachable or timed_out Failure.
  virtual Connection connect(Deadline deadline) = 0;
};

/// The runtime's default port: a socket in its temporary directory.
class SocketAddress : public RuntimeAddress {
 public:
  explicit SocketAddress(std::string path) : path_(std::move(path)) {}

  Connection connect(Deadline deadline) override { return Connection::to(path_, deadline); }

 private:
  std::string path_;
};

}  // namespace dotdiag::diagnostics
