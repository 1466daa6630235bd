// One address in front of several servers, as a Service is: each connection goes to one that takes it.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace dotdiag::test {

/// Listens on 127.0.0.1 for as long as it lives. A server that refuses a connection is passed over, so a client fails
/// only where all do.
class Balancer {
 public:
  Balancer();
  ~Balancer();
  Balancer(const Balancer&) = delete;
  Balancer& operator=(const Balancer&) = delete;

  std::uint16_t port() const { return port_; }
  /// The servers, by their ports on 127.0.0.1; connections that are open stay where they are.
  void set(std::vector<std::uint16_t> servers);

 private:
  void accept_all();
  void serve(int client);
  int connect_to_one();

  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::vector<std::uint16_t> servers_;
  std::size_t next_ = 0;
  std::atomic<bool> is_stopping_ = false;
  std::vector<std::thread> connections_;
  std::thread acceptor_;
};

}  // namespace dotdiag::test
