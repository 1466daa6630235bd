// A client that sends exactly the bytes a test gives it, over TLS or before it, at the pace the test chooses.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace dotdiag::test {

/// A TCP connection to 127.0.0.1 that stays silent unless told to speak. Reads give up after a minute.
class TcpClient {
 public:
  explicit TcpClient(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    ::signal(SIGPIPE, SIG_IGN);
    const timeval patience{.tv_sec = 60, .tv_usec = 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = ::htons(port);
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
    ::close(descriptor_);
    throw std::runtime_error("cannot connect");
  }
  TcpClient(const TcpClient&) = delete;
  TcpClient& operator=(const TcpClient&) = delete;
  ~TcpClient() { ::close(descriptor_); }

  int descriptor() const { return descriptor_; }
  void send(std::string_view text) const { (void)::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL); }

  /// Reads on to the connection's end. False where that does not come.
  bool ends() const {
    char buffer[4096];
    ssize_t count = 0;
    while ((count = ::recv(descriptor_, buffer, sizeof buffer, 0)) > 0) {
    }
    return count == 0 || errno == ECONNRESET;
  }

 private:
  int descriptor_;
};

struct Reply {
  unsigned status = 0;
  std::string head;  ///< status line and header lines, in lower case
  std::string body;
  bool has(std::string_view line) const { return head.find(std::string(line) + "\r\n") != std::string::npos; }
};

class TlsClient {
 public:
  TlsClient(std::uint16_t port, const std::string& ca_file) : tcp_(port), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_load_verify_locations(context_.get(), ca_file.c_str(), nullptr);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), tcp_.descriptor());
    if (SSL_connect(ssl_.get()) != 1) throw std::runtime_error("no TLS");
  }

  /// False where the server closed the connection.
  bool send(std::string_view text) {
    return text.empty() || SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size())) > 0;
  }

  /// The next reply, which must have a Content-Length; nothing where the connection ends first.
  std::optional<Reply> receive(bool is_head = false) {
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos)
      if (!read_more()) return std::nullopt;
    Reply reply;
    reply.head = lower(received_.substr(0, end + 2));
    received_.erase(0, end + 4);
    reply.status = static_cast<unsigned>(std::stoul(reply.head.substr(reply.head.find(' '))));
    const std::size_t size = is_head || reply.status == 100 ? 0 : content_length(reply.head);
    while (received_.size() < size)
      if (!read_more()) return std::nullopt;
    reply.body = received_.substr(0, size);
    received_.erase(0, size);
    return reply;
  }

  /// Sends `request` and waits for its reply. Throws where there is none.
  Reply ask(std::string_view request) {
    send(request);
    const std::optional<Reply> reply = receive(request.starts_with("HEAD"));
    if (!reply) throw std::runtime_error("the connection ended instead of an answer");
    return *reply;
  }

  /// True where the server closes the connection without another byte.
  bool ends() { return received_.empty() && !read_more(); }

 private:
  bool read_more() {
    char buffer[16384];
    int count = 0;
    do {  // a read with a time limit is interrupted by a stop of the process, too
      errno = 0;
      count = SSL_read(ssl_.get(), buffer, sizeof buffer);
    } while (count <= 0 && errno == EINTR);
    if (count > 0) received_.append(buffer, static_cast<std::size_t>(count));
    return count > 0;
  }

  static std::string lower(std::string text) {
    for (char& c : text)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
  }

  static std::size_t content_length(const std::string& head) {
    constexpr std::string_view name = "content-length: ";
    return std::stoul(head.substr(head.find(name) + name.size()));
  }

  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  TcpClient tcp_;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> ssl_;
  std::string received_;
};

}  // namespace dotdiag::test
