// A port of ours that runtimes connect to (DOTNET_DiagnosticPorts=PATH): it needs nothing but a shared volume, and
// works where the process's own socket is out of reach.
//
// A runtime keeps one connection waiting for one request, and makes the next as soon as that one is used. So
// connections are kept by runtime, and each is handed out once.
#pragma once

#include "core/diagnostics/advertise.hpp"
#include "core/diagnostics/runtime_address.hpp"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace dotdiag::diagnostics {

class ListeningPort {
 public:
  /// Makes the socket at `path`, which every user may write to: the directory it is in decides who may come. Throws an
  /// unreachable Failure; a stale socket is replaced, one that somebody listens at is not.
  explicit ListeningPort(const std::string& path);
  /// Removes the socket.
  ~ListeningPort();
  ListeningPort(const ListeningPort&) = delete;
  ListeningPort& operator=(const ListeningPort&) = delete;

  /// Runtimes in the order in which they first connected. Waits for at least one more than `known`, or until
  /// `deadline`.
  std::vector<Advertise> wait_for_runtimes(std::size_t known, Deadline deadline);

  /// The waiting connection of a runtime. Throws a timed_out Failure where none comes.
  Connection take(const std::string& cookie, Deadline deadline);

 private:
  void accept_all();
  void welcome(Descriptor socket);

  std::string path_;
  Descriptor listener_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Advertise> runtimes_;
  std::map<std::string, std::vector<Connection>> waiting_;
  std::thread acceptor_;
};

/// One of the runtimes that connect to a port, which must outlive this.
class PortAddress : public RuntimeAddress {
 public:
  PortAddress(ListeningPort& port, std::string cookie) : port_(port), cookie_(std::move(cookie)) {}

  Connection connect(Deadline deadline) override { return port_.take(cookie_, deadline); }

 private:
  ListeningPort& port_;
  std::string cookie_;
};

}  // namespace dotdiag::diagnostics
