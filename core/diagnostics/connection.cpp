#include "core/diagnostics/connection.hpp"

#include "core/diagnostics/failure.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace dotdiag::diagnostics {
namespace {

/// What a person can do about a socket that does not let us in.
std::string hint(int error) {
  switch (error) {
    case ECONNREFUSED:
      return "nobody listens behind it: the process it belonged to is gone";
    case EACCES:
    case EPERM:
      return "only the user of the process, or root with CAP_DAC_OVERRIDE, may connect: run as that user";
    case ENOENT:
      return "there is no such socket: the process has ended, or its diagnostics are switched off";
    default:
      return std::strerror(error);
  }
}

[[noreturn]] void unreachable(const std::string& path, int error) {
  throw Failure(FailureKind::unreachable, path + ": cannot connect: " + hint(error));
}

[[noreturn]] void closed() {
  throw Failure(FailureKind::closed,
                "the runtime closed the connection without an answer: the process may have ended or crashed");
}

[[noreturn]] void silent() {
  throw Failure(
      FailureKind::timed_out,
      "the runtime accepted the connection but does not answer: another tool holds its diagnostics server, or "
      "the process is stopped");
}

/// A sockaddr_un has room for 107 bytes. A longer path is reached through its directory, held open.
struct Address {
  sockaddr_un name{};
  Descriptor directory;
};

Address address_of(const std::string& path) {
  Address address;
  address.name.sun_family = AF_UNIX;
  std::string reachable = path;
  if (path.size() >= sizeof address.name.sun_path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) unreachable(path, ENAMETOOLONG);
    address.directory = Descriptor(::open(path.substr(0, slash + 1).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!address.directory) unreachable(path, errno);
    reachable = "/proc/self/fd/" + std::to_string(address.directory.get()) + path.substr(slash);
    if (reachable.size() >= sizeof address.name.sun_path) unreachable(path, ENAMETOOLONG);
  }
  std::memcpy(address.name.sun_path, reachable.data(), reachable.size());
  return address;
}

}  // namespace

Connection::Connection(Descriptor socket) : socket_(std::move(socket)) {
  ::fcntl(socket_.get(), F_SETFL, ::fcntl(socket_.get(), F_GETFL) | O_NONBLOCK);
}

Connection Connection::to(const std::string& path, Deadline deadline) {
  const Address address = address_of(path);
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) unreachable(path, errno);
  while (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address.name), sizeof address.name) != 0) {
    // EAGAIN is how a Unix socket says that its queue is full; it cannot be polled for.
    if (errno != EAGAIN && errno != EINTR) unreachable(path, errno);
    if (deadline.has_passed())
      throw Failure(FailureKind::timed_out, path + ": its queue of connections is full: the process does not answer");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return Connection(std::move(socket));
}

void Connection::wait_for(short events, Deadline deadline) const {
  pollfd entry{socket_.get(), events, 0};
  for (;;) {
    const int ready = ::poll(&entry, 1, deadline.milliseconds_left());
    if (ready > 0) return;
    if (ready == 0) silent();
    if (errno != EINTR) closed();
  }
}

void Connection::send(std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      wait_for(POLLOUT, deadline);
    } else if (errno != EINTR) {
      closed();
    }
  }
}

std::size_t Connection::receive_some(std::span<char> buffer, Deadline deadline) {
  for (;;) {
    const ssize_t received = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (received >= 0) return static_cast<std::size_t>(received);
    if (errno == EAGAIN)
      wait_for(POLLIN, deadline);
    else if (errno != EINTR)
      return 0;  // a reset is an end like any other: the process is gone
  }
}

std::string Connection::receive(std::size_t count, Deadline deadline) {
  std::string bytes(count, '\0');
  for (std::size_t got = 0; got < count;) {
    const std::size_t more = receive_some(std::span(bytes).subspan(got), deadline);
    if (more == 0) closed();
    got += more;
  }
  return bytes;
}

void Connection::shut_down() {
  ::shutdown(socket_.get(), SHUT_RDWR);
}

}  // namespace dotdiag::diagnostics
