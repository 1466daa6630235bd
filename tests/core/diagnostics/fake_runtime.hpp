// A server that speaks as a runtime does, or as none should, and holds every request against the specification.
#pragma once

#include "core/diagnostics/bytes.hpp"
#include "tests/core/diagnostics/request_check.hpp"
#include "tests/support/temporary_directory.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace dotdiag::test {

/// A whole answer.
inline std::string answer(std::uint8_t id, std::string_view payload) {
  using diagnostics::ByteWriter;
  return ByteWriter()
      .raw(std::string_view("DOTNET_IPC_V1\0", 14))
      .u16(static_cast<std::uint16_t>(20 + payload.size()))
      .u8(0xFF)
      .u8(id)
      .u16(0)
      .raw(payload)
      .take();
}

inline std::string refusal(std::uint32_t hresult) {
  return answer(0xFF, diagnostics::ByteWriter().u32(hresult).bytes());
}

/// One connection of a client, as the server's script sees it.
class FakeConnection {
 public:
  FakeConnection(int fd, std::string request) : fd_(fd), request_(std::move(request)) {}

  const std::string& request() const { return request_; }
  unsigned command() const {
    return static_cast<unsigned char>(request_[16]) << 8 | static_cast<unsigned char>(request_[17]);
  }
  /// False where the client has gone.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  /// Waits until the client has closed the connection.
  void wait_for_end() const {
    char byte = 0;
    while (::recv(fd_, &byte, 1, 0) > 0) {
    }
  }

 private:
  int fd_;
  std::string request_;
};

/// Listens until it goes out of scope; each connection runs the script on a thread of its own.
class FakeRuntime {
 public:
  using Script = std::function<void(const FakeConnection&)>;

  explicit FakeRuntime(Script script) : script_(std::move(script)), listener_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path().c_str(), sizeof address.sun_path - 1);
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(listener_, 255);
    server_ = std::thread([this] { serve(); });
  }
  FakeRuntime(const FakeRuntime&) = delete;
  FakeRuntime& operator=(const FakeRuntime&) = delete;
  ~FakeRuntime() {
    ::shutdown(listener_, SHUT_RDWR);
    server_.join();
    for (std::thread& thread : connections_)
      thread.join();
    ::close(listener_);
  }

  std::string path() const { return directory_ / "dotnet-diagnostic-1-1-socket"; }

  /// What was wrong with requests so far; empty where nothing was.
  std::string problems() const {
    const std::lock_guard lock(mutex_);
    return problems_;
  }
  std::size_t requests() const { return requests_; }

 private:
  static constexpr std::size_t most_connections = 64;

  void serve() {
    for (int fd = -1; (fd = ::accept(listener_, nullptr, nullptr)) >= 0;) {
      if (connections_.size() == most_connections) {
        connections_.front().join();
        connections_.erase(connections_.begin());
      }
      connections_.emplace_back([this, fd] {
        run(fd);
        ::close(fd);
      });
    }
  }

  void run(int fd) {
    const std::string request = receive(fd);
    if (request.empty()) return;
    ++requests_;
    if (const std::string problem = request_problem(request); !problem.empty()) {
      const std::lock_guard lock(mutex_);
      problems_ += problem + "\n";
    }
    script_(FakeConnection(fd, request));
  }

  /// What one write of the client brought: a request comes whole, or it is wrong.
  static std::string receive(int fd) {
    std::string request(65'536, '\0');
    const ssize_t count = ::recv(fd, request.data(), request.size(), 0);
    request.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return request;
  }

  TemporaryDirectory directory_;
  Script script_;
  int listener_;
  std::thread server_;
  std::vector<std::thread> connections_;
  std::atomic<std::size_t> requests_ = 0;
  mutable std::mutex mutex_;
  std::string problems_;
};

}  // namespace dotdiag::test
