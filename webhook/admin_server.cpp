#include "webhook/admin_server.hpp"

// Boost 1.74 forgets it in asio/awaitable.hpp
#include <utility>

#include "webhook/http_response.hpp"
#include "webhook/listen.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
#include <string>
#include <thread>

namespace dotdiag {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr int most_connections = 64;
constexpr std::uint32_t longest_header = 8 * 1024;
constexpr auto patience = std::chrono::seconds(5);

}  // namespace

struct AdminServer::State {
  State(const Endpoint& endpoint, AdminAnswer the_answer)
      : answer(std::move(the_answer)), acceptor(listen(context, endpoint, "--admin")) {}

  asio::awaitable<void> accept_connections();
  asio::awaitable<void> serve(beast::tcp_stream stream);
  Answer answer_to(const http::request_header<>& request) const;

  AdminAnswer answer;
  int connections = 0;
  asio::io_context context{1};
  tcp::acceptor acceptor;
  asio::steady_timer back_off{context};
  std::thread thread;
};

asio::awaitable<void> AdminServer::State::accept_connections() {
  while (acceptor.is_open()) {
    error_code error;
    tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (error) {  // out of descriptors: trying again at once would only burn the processor
      back_off.expires_after(std::chrono::milliseconds(100));
      co_await back_off.async_wait(asio::redirect_error(asio::use_awaitable, error));
    } else if (connections < most_connections) {
      asio::co_spawn(context, serve(beast::tcp_stream(std::move(socket))), asio::detached);
    }  // else it is closed
  }
}

Answer AdminServer::State::answer_to(const http::request_header<>& request) const {
  if (request.method() != http::verb::get && request.method() != http::verb::head) {
    Answer refusal = plain_answer(405, "method not allowed here: use GET, HEAD");
    refusal.allow = "GET, HEAD";
    return refusal;
  }
  const std::string_view target(request.target().data(), request.target().size());
  return answer(target.substr(0, target.find('?')));
}

asio::awaitable<void> AdminServer::State::serve(beast::tcp_stream stream) {
  ++connections;
  const std::shared_ptr<int> leave(&connections, [](int* count) { --*count; });
  error_code error;
  beast::flat_buffer buffer;
  http::request_parser<http::empty_body> parser;
  parser.header_limit(longest_header);
  stream.expires_after(patience);
  co_await http::async_read_header(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return;
  HttpResponse response = http_response(answer_to(parser.get()), parser.get(), false);
  co_await http::async_write(stream, response, asio::redirect_error(asio::use_awaitable, error));
  stream.socket().shutdown(tcp::socket::shutdown_send, error);
}

AdminServer::AdminServer(const Endpoint& endpoint, AdminAnswer answer)
    : state_(std::make_unique<State>(endpoint, std::move(answer))) {
  asio::co_spawn(state_->context, state_->accept_connections(), asio::detached);
  state_->thread = std::thread([state = state_.get()] { state->context.run(); });
}

AdminServer::~AdminServer() {
  state_->context.stop();
  state_->thread.join();
}

std::uint16_t AdminServer::port() const {
  return state_->acceptor.local_endpoint().port();
}

}  // namespace dotdiag
