// A connection's TLS, straight on its socket. Only session.cpp sees this header: it is expensive.
//
// Beside asio's own ssl::stream, which keeps four buffers of 17 kB for as long as the connection lives, this one holds
// no buffer while nothing arrives or leaves.
#pragma once

#include "webhook/tls.hpp"

// Boost 1.74 forgets it in asio/awaitable.hpp
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <memory>
#include <string_view>

struct ssl_st;  // OpenSSL's SSL

namespace dotdiag {

/// The server's end of a TLS connection. One step at a time; each sets `error`, to asio's `eof` where the client has
/// said goodbye, and does not throw. A write to a client that is gone raises SIGPIPE, which the program has to ignore.
class TlsStream {
 public:
  using Error = boost::system::error_code;
  using Socket = boost::asio::ip::tcp::socket;

  TlsStream(Socket socket, TlsContext context);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  boost::asio::awaitable<void> handshake(Error& error);
  /// Waits until something has arrived that was not read yet.
  boost::asio::awaitable<void> wait(Error& error);
  /// Reads at least a byte; returns how many.
  boost::asio::awaitable<std::size_t> read_some(boost::asio::mutable_buffer buffer, Error& error);
  /// Writes all of `bytes`, which must stay where they are.
  boost::asio::awaitable<void> write(std::string_view bytes, Error& error);
  /// Says goodbye and waits for the client's own.
  boost::asio::awaitable<void> shutdown(Error& error);
  /// Whatever is waited for ends with an error.
  void close();

 private:
  template <typename Step>
  boost::asio::awaitable<void> repeat(Step step, Error& error);

  TlsContext context_;
  Socket socket_;
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
};

}  // namespace dotdiag
