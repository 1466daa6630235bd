#include "webhook/tls_stream.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <new>

namespace dotdiag {
namespace {

namespace asio = boost::asio;
using Error = TlsStream::Error;

/// What broke, where OpenSSL says that `reason` did. Empties its queue.
Error error_of(int reason) {
  if (reason == SSL_ERROR_ZERO_RETURN) return asio::error::eof;
  const int system = errno;
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  if (code != 0) return {static_cast<int>(code), asio::error::get_ssl_category()};
  if (reason == SSL_ERROR_SYSCALL && system != 0) return {system, boost::system::system_category()};
  return asio::error::eof;
}

}  // namespace

TlsStream::TlsStream(Socket socket, TlsContext context)
    : context_(std::move(context)), socket_(std::move(socket)), ssl_(SSL_new(context_.get()), SSL_free) {
  if (ssl_ == nullptr || SSL_set_fd(ssl_.get(), socket_.native_handle()) != 1) throw std::bad_alloc();
  Error ignored;  // a socket that cannot be set up fails at its first step
  socket_.native_non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

TlsStream::~TlsStream() = default;

/// Does `step` again each time the socket has what it waited for.
template <typename Step>
asio::awaitable<void> TlsStream::repeat(Step step, Error& error) {
  for (error = {}; !error;) {
    errno = 0;
    const int result = step(ssl_.get());
    if (result > 0) co_return;
    const int reason = SSL_get_error(ssl_.get(), result);
    if (reason == SSL_ERROR_WANT_READ) {
      co_await socket_.async_wait(Socket::wait_read, asio::redirect_error(asio::use_awaitable, error));
    } else if (reason == SSL_ERROR_WANT_WRITE) {
      co_await socket_.async_wait(Socket::wait_write, asio::redirect_error(asio::use_awaitable, error));
    } else {
      error = error_of(reason);
    }
  }
}

asio::awaitable<void> TlsStream::handshake(Error& error) {
  return repeat(SSL_accept, error);
}

asio::awaitable<void> TlsStream::wait(Error& error) {
  error = {};
  if (SSL_has_pending(ssl_.get()) == 1) co_return;
  co_await socket_.async_wait(Socket::wait_read, asio::redirect_error(asio::use_awaitable, error));
}

asio::awaitable<std::size_t> TlsStream::read_some(asio::mutable_buffer buffer, Error& error) {
  std::size_t count = 0;
  co_await repeat([&](SSL* ssl) { return SSL_read_ex(ssl, buffer.data(), buffer.size(), &count); }, error);
  co_return count;
}

asio::awaitable<void> TlsStream::write(std::string_view bytes, Error& error) {
  error = {};
  if (bytes.empty()) co_return;
  std::size_t count = 0;  // without partial writes it is all or nothing
  co_await repeat([&](SSL* ssl) { return SSL_write_ex(ssl, bytes.data(), bytes.size(), &count); }, error);
}

asio::awaitable<void> TlsStream::shutdown(Error& error) {
  const auto step = [](SSL* ssl) {
    const int result = SSL_shutdown(ssl);
    return result == 0 ? SSL_shutdown(ssl) : result;  // first ours, then theirs
  };
  return repeat(step, error);
}

void TlsStream::close() {
  Error ignored;
  socket_.close(ignored);
}

}  // namespace dotdiag
