#include "core/diagnostics/listening_port.hpp"

#include "core/diagnostics/failure.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace dotdiag::diagnostics {
namespace {

/// A runtime says who it is at once.
constexpr std::chrono::milliseconds advertise_limit{2'000};
constexpr int backlog = 255;
constexpr mode_t everybody_may_connect = 0666;

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw Failure(FailureKind::unreachable, path + ": cannot listen: " + why);
}

bool somebody_listens_at(const std::string& path) {
  try {
    Connection::to(path, Deadline::in(std::chrono::milliseconds(100)));
    return true;
  } catch (const Failure& failure) {
    return failure.kind() == FailureKind::timed_out;
  }
}

/// Takes away what an earlier listener left, and nothing that is no socket.
void remove_stale(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return;
  if (!S_ISSOCK(status.st_mode)) fail(path, "it is there and no socket: choose another path");
  if (somebody_listens_at(path)) fail(path, "somebody listens there already: another tool or dotnet-monitor");
  ::unlink(path.c_str());
}

/// True where the other side has closed a connection that waits: its process has ended.
bool has_ended(const Connection& connection) {
  pollfd entry{connection.descriptor(), POLLIN, 0};
  return ::poll(&entry, 1, 0) > 0;
}

}  // namespace

ListeningPort::ListeningPort(const std::string& path) : path_(path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) fail(path, "the path is too long for a socket: at most 107 bytes");
  std::memcpy(address.sun_path, path.data(), path.size());
  remove_stale(path);
  listener_ = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!listener_ || ::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    fail(path, std::strerror(errno));
  if (::chmod(path.c_str(), everybody_may_connect) != 0 || ::listen(listener_.get(), backlog) != 0)
    fail(path, std::strerror(errno));
  acceptor_ = std::thread([this] { accept_all(); });
}

ListeningPort::~ListeningPort() {
  ::shutdown(listener_.get(), SHUT_RDWR);
  acceptor_.join();
  ::unlink(path_.c_str());
}

void ListeningPort::accept_all() {
  for (;;) {
    Descriptor socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (socket)
      welcome(std::move(socket));
    else if (errno != EINTR && errno != ECONNABORTED)
      return;  // shut down
  }
}

void ListeningPort::welcome(Descriptor socket) {
  try {
    Connection connection(std::move(socket));
    const Advertise runtime = parse_advertise(connection.receive(advertise_size, Deadline::in(advertise_limit)));
    const std::lock_guard lock(mutex_);
    const auto is_it = [&](const Advertise& other) { return other.cookie == runtime.cookie; };
    if (std::none_of(runtimes_.begin(), runtimes_.end(), is_it)) runtimes_.push_back(runtime);
    waiting_[runtime.cookie].push_back(std::move(connection));
    changed_.notify_all();
  } catch (const Failure&) {  // who does not say who it is was no runtime, or is gone: nobody waits for it
  }
}

std::vector<Advertise> ListeningPort::wait_for_runtimes(std::size_t known, Deadline deadline) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(deadline.milliseconds_left()),
                    [&] { return runtimes_.size() > known; });
  return runtimes_;
}

Connection ListeningPort::take(const std::string& cookie, Deadline deadline) {
  std::unique_lock lock(mutex_);
  std::vector<Connection>& waiting = waiting_[cookie];
  const auto has_one = [&] {
    std::erase_if(waiting, has_ended);
    return !waiting.empty();
  };
  if (!changed_.wait_for(lock, std::chrono::milliseconds(deadline.milliseconds_left()), has_one))
    throw Failure(FailureKind::timed_out, path_ + ": the runtime does not connect again: the process has ended");
  Connection connection = std::move(waiting.front());
  waiting.erase(waiting.begin());
  return connection;
}

}  // namespace dotdiag::diagnostics
