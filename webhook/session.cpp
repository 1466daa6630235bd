// The life of a connection, as one coroutine: handshake, then request after request, then goodbye. All of Beast is
// here, because it takes half a minute to compile. Beast's parser and serializer are fed by hand: its own operations on
// a stream cost more than a request does.
//
// Errors are values here: each step answers whether to go on, and a step that failed because the client went away,
// timed out or never spoke TLS (port scanners, probes of load balancers) is worth a debug line and no more.
#include "webhook/session.hpp"

#include "webhook/answers.hpp"
#include "webhook/http_response.hpp"
#include "webhook/request_body.hpp"
#include "webhook/routes.hpp"
#include "webhook/tls_stream.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <openssl/err.h>
#include <openssl/sslerr.h>

#include <exception>
#include <string>

namespace dotdiag {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

using Parser = http::request_parser<RequestBody>;

bool is_http_error(error_code error) {
  return error.category() == http::make_error_code(http::error::end_of_stream).category() &&
         error != http::error::end_of_stream && error != http::error::partial_message;
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

HandshakeFailure failure_of(error_code error) {
  if (error == asio::error::eof || error == asio::error::connection_reset || error == asio::error::broken_pipe)
    return HandshakeFailure::closed;
  if (error.category() != asio::error::get_ssl_category()) return HandshakeFailure::other;
  switch (ERR_GET_REASON(static_cast<unsigned long>(error.value()))) {
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
      return HandshakeFailure::closed;
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST:
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_BAD_PROTOCOL_VERSION_NUMBER:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
      return HandshakeFailure::not_tls;
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SHARED_GROUPS:
      return HandshakeFailure::protocol;
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
      return HandshakeFailure::client_certificate;
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
      return HandshakeFailure::rejected;
    default:
      return HandshakeFailure::other;
  }
}

/// The response in one piece: one record, one system call.
std::string written(HttpResponse& response) {
  std::string text;
  http::response_serializer<http::string_body> serializer(response);
  const auto append = [&](error_code&, const auto& buffers) {
    for (const asio::const_buffer buffer : beast::buffers_range_ref(buffers))
      text.append(static_cast<const char*>(buffer.data()), buffer.size());
    serializer.consume(beast::buffer_bytes(buffers));
  };
  for (error_code error; !error && !serializer.is_done();)
    serializer.next(error, append);
  return text;
}

}  // namespace

class Session {
 public:
  Session(Shared& shared, std::unordered_set<Session*>& all, tcp::socket socket, TlsContext tls, Share connection)
      : shared_(shared),
        all_(all),
        connection_(std::move(connection)),
        is_extra_(shared.connections > shared.most_connections),
        stream_(std::move(socket), std::move(tls)) {
    all_.insert(this);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { all_.erase(this); }

  asio::awaitable<void> run();
  bool is_late(Clock::time_point now) const { return now >= deadline_; }
  void close() { stream_.close(); }

 private:
  /// How the connection goes on after a request.
  enum class Next {
    request,      ///< with another one
    goodbye,      ///< we close it
    refuse_rest,  ///< we close it, though the client is still sending
    gone          ///< it is closed, or no use
  };
  using Timeouts = ServerTimeouts;

  asio::awaitable<bool> shake_hands();
  asio::awaitable<Next> serve_request();
  asio::awaitable<bool> wait_for_request();
  template <typename Done>
  asio::awaitable<void> parse(Parser& parser, Done is_done);
  asio::awaitable<void> read_body(Parser& parser);
  asio::awaitable<Next> refuse(error_code error);
  asio::awaitable<Next> send(Answer answer, const http::request_header<>& request, Next next);
  asio::awaitable<void> say_goodbye();
  asio::awaitable<void> discard_rest();

  Answer http_refusal(error_code error) const;
  Answer answer(const Routing& routing, const RequestBody::value_type& body, Clock::time_point begin,
                const AdmissionSettings& admission);
  static Answer refusal(const Routing& routing);
  bool has_room();
  void within(Timeouts::Time time) { deadline_ = Clock::now() + time; }
  /// False, with a debug line, where the last step failed.
  bool succeeded(std::string_view step);

  const Timeouts& timeouts() const { return shared_.settings.timeouts; }
  const ServerLimits& limits() const { return shared_.settings.limits; }

  Shared& shared_;
  std::unordered_set<Session*>& all_;
  Share connection_;
  bool is_extra_;  ///< one too many when it came
  TlsStream stream_;
  beast::flat_buffer buffer_;  ///< what has arrived and was not parsed yet
  Clock::time_point deadline_ = Clock::time_point::max();
  error_code error_;  ///< of the last step
};

asio::awaitable<void> Session::run() {
  if (!co_await shake_hands()) co_return;
  Next next = Next::request;
  while (next == Next::request)
    next = co_await serve_request();
  if (next == Next::refuse_rest) co_await discard_rest();
  if (next == Next::goodbye) co_await say_goodbye();
}

asio::awaitable<bool> Session::shake_hands() {
  within(timeouts().handshake);
  co_await stream_.handshake(error_);
  if (error_)
    shared_.metrics.handshake_failed(is_late(Clock::now()) ? HandshakeFailure::timed_out : failure_of(error_));
  co_return succeeded("handshake");
}

asio::awaitable<Session::Next> Session::serve_request() {
  if (!co_await wait_for_request()) co_return Next::gone;
  const auto begin = Clock::now();
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(limits().header));
  parser.body_limit(limits().body);
  within(timeouts().header);
  co_await parse(parser, [&] { return parser.is_header_done(); });
  if (error_) co_return co_await refuse(error_);

  const auto& request = parser.get();
  const RequestLine line = {view(request.method_string()), view(request.target()),
                            view(request[http::field::content_type])};
  const auto admission = shared_.admission.now();
  const Routing routing = decide(line, *admission->policies);
  const bool is_review = routing.action == Action::mutate;
  const Share turn(shared_.requests, is_review ? 1 : 0);
  if (is_review && has_room()) parser.get().body().keep(shared_.body_bytes, limits().bodies);
  if (!parser.is_done()) co_await read_body(parser);
  if (error_) co_return co_await refuse(error_);
  const Next next = request.keep_alive() ? Next::request : Next::goodbye;
  Answer reply = answer(routing, request.body(), begin, *admission);
  parser.get().body().give_up();  // a client that takes its answer slowly must not hold the body's memory
  co_return co_await send(std::move(reply), request, next);
}

/// Only a request's first byte starts the time it has to arrive in; until then the connection holds no buffer.
asio::awaitable<bool> Session::wait_for_request() {
  if (buffer_.size() > 0) co_return true;
  buffer_.shrink_to_fit();
  within(timeouts().idle);
  co_await stream_.wait(error_);
  co_return succeeded("waiting for a request");
}

/// Reads on until `is_done`, which is asked each time the parser has had what arrived.
template <typename Done>
asio::awaitable<void> Session::parse(Parser& parser, Done is_done) {
  constexpr std::size_t piece = 16 * 1024;  // what a TLS record holds at most
  while (true) {
    if (buffer_.size() > 0) buffer_.consume(parser.put(buffer_.data(), error_));
    if (error_ == http::error::need_more) error_ = {};
    if (error_ || is_done()) co_return;
    buffer_.commit(co_await stream_.read_some(buffer_.prepare(piece), error_));
    if (error_ == asio::error::eof)
      error_ = parser.got_some() ? http::error::partial_message : http::error::end_of_stream;
    if (error_) co_return;
  }
}

asio::awaitable<void> Session::read_body(Parser& parser) {
  within(timeouts().body);
  if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    co_await stream_.write("HTTP/1.1 100 Continue\r\n\r\n", error_);
    if (error_) co_return;
  }
  parser.eager(true);
  co_await parse(parser, [&] { return parser.is_done(); });
}

/// What broke HTTP is told so; then, or where the client has gone, the connection has no next request.
asio::awaitable<Session::Next> Session::refuse(error_code error) {
  if (is_http_error(error)) {
    shared_.log.debug("not a request", {{"error", error.message()}});
    const http::request_header<> unknown;
    co_return co_await send(http_refusal(error), unknown, Next::refuse_rest);
  }
  succeeded("reading a request");
  co_return Next::gone;
}

asio::awaitable<Session::Next> Session::send(Answer answer, const http::request_header<>& request, Next next) {
  if (shared_.is_draining && next == Next::request) next = Next::goodbye;
  HttpResponse response = http_response(std::move(answer), request, next == Next::request);
  within(timeouts().write);
  const std::string text = written(response);
  co_await stream_.write(text, error_);
  co_return succeeded("answering") ? next : Next::gone;
}

/// Waits for the client's own goodbye, so that the answer before ours is not lost.
asio::awaitable<void> Session::say_goodbye() {
  within(timeouts().shutdown);
  co_await stream_.shutdown(error_);
}

/// Closing while the client still sends would reset the connection, and with it the answer that says why.
asio::awaitable<void> Session::discard_rest() {
  within(timeouts().shutdown);
  while (!error_) {
    buffer_.clear();
    co_await stream_.read_some(buffer_.prepare(limits().header), error_);
  }
}

/// The answer to what is not HTTP, or too much of it.
Answer Session::http_refusal(error_code error) const {
  if (error == http::error::body_limit) return too_large_answer(limits().body);
  if (error == http::error::header_limit) return plain_answer(431, "the header lines are too long");
  return plain_answer(400, "not an HTTP/1.1 request: " + error.message());
}

Answer Session::answer(const Routing& routing, const RequestBody::value_type& body, Clock::time_point begin,
                       const AdmissionSettings& admission) {
  switch (routing.action) {
    case Action::livez:
      return plain_answer(200, "ok");
    case Action::readyz:
      return readiness_answer(shared_.why_not_ready());
    case Action::mutate:
      if (!body.budget) break;
      return review_answer({body.text, routing.policy, routing.by_default, begin, routing.timeout}, admission,
                           shared_.log, shared_.metrics);
    case Action::refuse:
      return refusal(routing);
  }
  shared_.metrics.shed();
  return busy_answer();
}

Answer Session::refusal(const Routing& routing) {
  Answer answer = plain_answer(routing.status, routing.message);
  answer.allow = routing.allow;
  return answer;
}

bool Session::has_room() {
  is_extra_ = is_extra_ && shared_.connections > shared_.most_connections;
  return !is_extra_ && shared_.requests <= limits().requests;
}

bool Session::succeeded(std::string_view step) {
  if (!error_) return true;
  const bool is_timeout = is_late(Clock::now());
  const std::string reason = is_timeout ? "took too long" : error_.message();
  shared_.log.debug("connection ended", {{"while", step}, {"reason", reason}});
  return false;
}

Worker::Worker(Shared& shared) : shared_(shared) {}

Worker::~Worker() = default;

void Worker::serve(tcp::socket socket, TlsContext tls, Share connection) {
  auto begin = [this, socket = std::move(socket), tls = std::move(tls), connection = std::move(connection)]() mutable {
    if (is_stopped_) return;
    auto session =
        std::make_shared<Session>(shared_, sessions_, std::move(socket), std::move(tls), std::move(connection));
    asio::co_spawn(context_, session->run(), [session, &log = shared_.log](const std::exception_ptr& failure) {
      if (!failure) return;
      try {
        std::rethrow_exception(failure);
      } catch (const std::exception& error) {
        log.error("connection failed", {{"error", std::string_view(error.what())}});
      }
    });
  };
  asio::post(context_, std::move(begin));
}

void Worker::run() {
  close_late_sessions();
  context_.run();
}

void Worker::close_late_sessions() {
  const auto now = Clock::now();
  for (Session* session : sessions_)
    if (session->is_late(now)) session->close();
  tick_.expires_after(shared_.settings.timeouts.tick);
  tick_.async_wait([this](error_code error) {
    if (!error && !is_stopped_) close_late_sessions();
  });
}

void Worker::stop() {
  asio::post(context_, [this] {
    is_stopped_ = true;
    work_.reset();
    tick_.cancel();
    for (Session* session : sessions_)
      session->close();
  });
}

}  // namespace dotdiag
