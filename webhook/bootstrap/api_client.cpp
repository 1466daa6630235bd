// All of Beast that bootstrap needs. One connection for each request: there are a dozen of them in a run.
#include "webhook/bootstrap/api_client.hpp"

#include "core/document/error.hpp"
#include "core/document/reader.hpp"
#include "webhook/bootstrap/renewal.hpp"

#include <utility>  // Boost 1.74's awaitable.hpp needs it

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <exception>
#include <memory>
#include <optional>

namespace dotdiag {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using Stream = beast::ssl_stream<beast::tcp_stream>;

constexpr std::size_t largest_answer = std::size_t{8} << 20;  // a webhook configuration or a Secret is at most 1.5 MiB

template <class Result>
using Talk = asio::awaitable<Result>;

/// Runs `talk` for at most `limit`; whatever goes wrong on the way is Unavailable, naming the server.
template <class Result>
Result finish(asio::io_context& context, Talk<Result> talk, const std::string& server, std::chrono::seconds limit) {
  std::optional<Result> result;
  std::exception_ptr failure;
  asio::co_spawn(context, std::move(talk), [&](std::exception_ptr error, Result made) {
    failure = error;
    result = std::move(made);
  });
  context.run_for(limit);
  if (!result) throw Unavailable(server + ": no answer within " + std::to_string(limit.count()) + " s");
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const boost::system::system_error& error) {
    throw Unavailable(server + ": " + error.code().message());
  }
  return *std::move(result);
}

/// Where the host's name is an address, that is what the certificate is asked for; nothing is sent as its name then.
void expect_host(Stream& stream, const std::string& host) {
  stream.set_verify_mode(ssl::verify_peer);
  stream.set_verify_callback(ssl::host_name_verification(host));
}

void announce_host(Stream& stream, const std::string& host) {
  boost::system::error_code is_no_address;
  asio::ip::make_address(host, is_no_address);
  if (is_no_address) SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
}

Talk<void> connect(Stream& stream, const Endpoint& server) {
  tcp::resolver resolver(stream.get_executor());
  const auto found = co_await resolver.async_resolve(server.address, std::to_string(server.port), asio::use_awaitable);
  co_await beast::get_lowest_layer(stream).async_connect(found, asio::use_awaitable);
  co_await stream.async_handshake(ssl::stream_base::client, asio::use_awaitable);
}

Talk<ApiReply> ask(Stream& stream, const ApiServer& server, http::request<http::string_body> request) {
  co_await connect(stream, server.endpoint);
  co_await http::async_write(stream, request, asio::use_awaitable);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(largest_answer);
  co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
  co_return ApiReply{parser.get().result_int(), std::move(parser.get().body())};
}

Talk<std::string> look(Stream& stream, const Endpoint& server) {
  co_await connect(stream, server);
  const std::unique_ptr<X509, void (*)(X509*)> shown(SSL_get1_peer_certificate(stream.native_handle()), X509_free);
  std::string der(static_cast<std::size_t>(std::max(0, i2d_X509(shown.get(), nullptr))), '\0');
  auto* end = reinterpret_cast<unsigned char*>(der.data());
  i2d_X509(shown.get(), &end);
  co_return der;
}

std::string token_in(const std::string& file) {
  std::string token = read_bytes(file);
  while (!token.empty() && (token.back() == '\n' || token.back() == ' '))
    token.pop_back();
  if (token.find_first_of("\r\n") != std::string::npos)
    throw InputError(file, {}, "not a token", "give the file of a service account's token");
  return token;
}

http::request<http::string_body> as_http(const ApiServer& server, const ApiRequest& request) {
  http::request<http::string_body> message(http::string_to_verb(request.method), request.path, 11);
  message.set(http::field::host, server.endpoint.address);
  message.set(http::field::authorization, "Bearer " + token_in(server.token_file));
  message.set(http::field::accept, "application/json");
  message.set(http::field::user_agent, "dotdiag-webhook/" DOTDIAG_VERSION);
  message.set(http::field::connection, "close");
  if (!request.body.empty()) message.set(http::field::content_type, request.content_type);
  message.body() = request.body;
  message.prepare_payload();
  return message;
}

ssl::context client_context() {
  ssl::context context(ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  return context;
}

void trust_file(ssl::context& context, const std::string& file) {
  read_bytes(file);  // for its messages
  boost::system::error_code error;
  context.load_verify_file(file, error);
  if (error) throw InputError(file, {}, "no usable CA certificate", "give a PEM file with the CAs of the API server");
}

}  // namespace

ApiReply call_api(const ApiServer& server, const ApiRequest& request, std::chrono::seconds limit) {
  ssl::context tls = client_context();
  trust_file(tls, server.ca_file);
  asio::io_context context;
  Stream stream(context, tls);
  expect_host(stream, server.endpoint.address);
  announce_host(stream, server.endpoint.address);
  return finish<ApiReply>(context, ask(stream, server, as_http(server, request)),
                          "the API server " + server.endpoint.text(), limit);
}

std::string shown_certificate(const Endpoint& server, const std::string& server_name, std::chrono::seconds limit) {
  ssl::context tls = client_context();
  asio::io_context context;
  Stream stream(context, tls);
  stream.set_verify_mode(ssl::verify_none);
  announce_host(stream, server_name);
  return finish<std::string>(context, look(stream, server), server.text(), limit);
}

}  // namespace dotdiag
