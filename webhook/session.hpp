// One client's connection, and the threads that connections live on. Only server.cpp and session.cpp see this header:
// it is expensive.
//
// A connection belongs to one thread from its first byte to its last, so nothing in it needs a lock. What connections
// share is a few counters.
#pragma once

#include "webhook/metrics.hpp"
#include "webhook/server.hpp"

// Boost 1.74 forgets it in asio/awaitable.hpp
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>
#include <unordered_set>

namespace dotdiag {

/// What the connections of all threads have in common.
struct Shared {
  const ServerSettings& settings;
  Log& log;
  LiveAdmission admission{settings.policies};
  Metrics metrics{policy_names(*admission.now())};
  std::atomic<bool> is_draining = false;
  std::atomic<std::size_t> most_connections = settings.limits.connections;
  std::atomic<std::chrono::system_clock::time_point> certificate_ends = {};

  /// Why requests had better go to another instance; empty where they need not.
  std::string_view why_not_ready() const {
    if (is_draining) return "stopping";
    return std::chrono::system_clock::now() >= certificate_ends.load() ? "the certificate has expired" : "";
  }
  std::atomic<std::size_t> connections = 0;
  std::atomic<std::size_t> requests = 0;
  std::atomic<std::size_t> body_bytes = 0;
};

/// A part of a counter, given back when this goes out of scope.
class Share {
 public:
  explicit Share(std::atomic<std::size_t>& total, std::size_t amount) : total_(&total) { grow(amount); }
  Share(Share&& other) noexcept : total_(other.total_), amount_(std::exchange(other.amount_, 0)) {}
  Share& operator=(Share&&) = delete;
  ~Share() { total_->fetch_sub(amount_); }

  void grow(std::size_t amount) {
    amount_ += amount;
    total_->fetch_add(amount);
  }

 private:
  std::atomic<std::size_t>* total_;
  std::size_t amount_ = 0;
};

class Session;

/// One thread's connections.
class Worker {
 public:
  explicit Worker(Shared& shared);
  ~Worker();

  boost::asio::io_context& context() { return context_; }
  /// Serves `socket`, which must be of this worker's context. From any thread.
  void serve(boost::asio::ip::tcp::socket socket, TlsContext tls, Share connection);
  /// Works until stop().
  void run();
  /// Closes every connection. From any thread.
  void stop();

 private:
  void close_late_sessions();

  Shared& shared_;
  bool is_stopped_ = false;
  std::unordered_set<Session*> sessions_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_ = make_work_guard(context_);
  boost::asio::steady_timer tick_{context_};
};

}  // namespace dotdiag
