#include "tests/e2e/balancer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace dotdiag::test {
namespace {

sockaddr_in local(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = ::htons(port);
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  return address;
}

int new_socket() {
  return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

/// Hands on what has arrived; false at its end.
bool pass(int from, int to) {
  std::array<char, 65536> buffer;
  const ssize_t count = ::recv(from, buffer.data(), buffer.size(), 0);
  for (ssize_t sent = 0; sent < count;) {
    const ssize_t more = ::send(to, buffer.data() + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
    if (more <= 0) return false;
    sent += more;
  }
  return count > 0;
}

}  // namespace

Balancer::Balancer() : listener_(new_socket()) {
  sockaddr_in address = local(0);
  socklen_t size = sizeof address;
  const auto generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 128) != 0 ||
      ::getsockname(listener_, generic, &size) != 0)
    throw std::runtime_error("the balancer cannot listen");
  port_ = ::ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

Balancer::~Balancer() {
  is_stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  for (std::thread& connection : connections_)
    connection.join();
}

void Balancer::set(std::vector<std::uint16_t> servers) {
  const std::lock_guard lock(mutex_);
  servers_ = std::move(servers);
}

void Balancer::accept_all() {
  while (!is_stopping_) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) connections_.emplace_back([this, client] { serve(client); });
  }
}

int Balancer::connect_to_one() {
  const std::lock_guard lock(mutex_);
  for (std::size_t tries = 0; tries < servers_.size(); ++tries) {
    const sockaddr_in address = local(servers_[next_++ % servers_.size()]);
    const int server = new_socket();
    if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return server;
    ::close(server);
  }
  return -1;
}

void Balancer::serve(int client) {
  const int server = connect_to_one();
  std::array<pollfd, 2> ends = {{{client, POLLIN, 0}, {server, POLLIN, 0}}};
  bool is_open = server >= 0;
  while (is_open && !is_stopping_) {
    if (::poll(ends.data(), ends.size(), 100) <= 0) continue;
    if (ends[0].revents != 0) is_open = pass(client, server);
    if (is_open && ends[1].revents != 0) is_open = pass(server, client);
  }
  ::close(client);
  if (server >= 0) ::close(server);
}

}  // namespace dotdiag::test
