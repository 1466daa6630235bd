#include "webhook/server.hpp"

#include "core/document/error.hpp"
#include "core/document/reader.hpp"
#include "webhook/session.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <csignal>
#include <thread>
#include <vector>

namespace dotdiag {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

std::string endpoint_text(const ServerSettings& settings) {
  const bool is_ipv6 = settings.address.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + settings.address + "]" : settings.address) + ":" + std::to_string(settings.port);
}

tcp::acceptor listen(asio::io_context& context, const ServerSettings& settings) {
  error_code error;
  const asio::ip::address address = asio::ip::make_address(settings.address, error);
  if (error)
    throw InputError("--listen " + endpoint_text(settings), {}, "not an address", "use 0.0.0.0:8443 or [::]:8443");
  const tcp::endpoint endpoint(address, settings.port);
  tcp::acceptor acceptor(context);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    throw InputError("--listen " + endpoint_text(settings), {}, "cannot listen there: " + error.message(),
                     "choose an address of this machine and a free port");
  return acceptor;
}

}  // namespace

/// Runs on the thread that called run(): accepts, watches the certificate, stops. Connections live on the workers'
/// threads.
struct Server::State {
  State(ServerSettings given, Log& log) : settings(std::move(given)), shared{settings, log} {
    const unsigned count = std::max(settings.threads, 1U);
    for (unsigned i = 0; i < count; ++i)
      workers.push_back(std::make_unique<Worker>(shared));
  }

  asio::awaitable<void> accept_connections();
  asio::awaitable<void> watch_certificate();
  asio::awaitable<void> drain();
  asio::awaitable<void> pause(asio::steady_timer& timer, std::chrono::milliseconds time);
  void reload_certificate();
  void wait_for_signal();
  void stop();

  const ServerSettings settings;
  Shared shared;
  asio::io_context context{1};
  // Read before it is loaded: where it changes in between, the next look loads it again.
  std::string certificate = read_bytes(settings.tls.certificate_file);
  TlsContext tls = make_tls_context(settings.tls);
  tcp::acceptor acceptor = listen(context, settings);
  std::uint16_t port = acceptor.local_endpoint().port();
  asio::signal_set signals{context};
  asio::steady_timer accept_timer{context};
  asio::steady_timer certificate_timer{context};
  asio::steady_timer drain_timer{context};
  bool is_stopping = false;
  bool is_hurried = false;
  bool all_ended = false;
  std::vector<std::unique_ptr<Worker>> workers;
};

/// Returns early where `timer` is cancelled.
asio::awaitable<void> Server::State::pause(asio::steady_timer& timer, std::chrono::milliseconds time) {
  error_code cancelled;
  timer.expires_after(time);
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

/// Deals connections out in turn: API servers keep few and long-lived ones, which SO_REUSEPORT's hash would heap on one
/// thread.
asio::awaitable<void> Server::State::accept_connections() {
  constexpr auto back_off = std::chrono::milliseconds(100);
  for (std::size_t turn = 0; acceptor.is_open(); ++turn) {
    if (shared.connections >= 2 * settings.limits.connections) {
      co_await pause(accept_timer, back_off);
      continue;
    }
    Worker& worker = *workers[turn % workers.size()];
    error_code error;
    tcp::socket socket =
        co_await acceptor.async_accept(worker.context(), asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      worker.serve(std::move(socket), tls, Share(shared.connections, 1));
    } else if (error != asio::error::operation_aborted && error != asio::error::connection_aborted) {
      // Out of descriptors or memory: trying again at once would only burn the CPU that could close some.
      shared.log.warning("cannot accept a connection", {{"error", error.message()}});
      co_await pause(accept_timer, back_off);
    }
  }
}

asio::awaitable<void> Server::State::watch_certificate() {
  while (!is_stopping) {
    co_await pause(certificate_timer, settings.timeouts.certificate);
    reload_certificate();
  }
}

/// New connections get the new certificate; those that are open keep theirs, as clients look at it only once. A context
/// in use must not change, so a new one takes its place. What cannot be used is reported, and looked at again the next
/// time: the key may be written a moment after the certificate.
void Server::State::reload_certificate() {
  try {
    std::string found = read_bytes(settings.tls.certificate_file);
    if (found == certificate) return;
    tls = make_tls_context(settings.tls);
    certificate = std::move(found);
    shared.log.info("certificate loaded");
  } catch (const InputError& error) {
    shared.log.warning("keeping the old certificate", {{"error", std::string_view(error.what())}});
  }
}

asio::awaitable<void> Server::State::drain() {
  shared.is_draining = true;
  shared.log.info("stopping: still serving until clients have gone elsewhere");
  co_await pause(drain_timer, settings.timeouts.drain);
  acceptor.close();
  accept_timer.cancel();
  const auto deadline = Clock::now() + settings.timeouts.last_connections;
  while (shared.connections > 0 && !is_hurried && Clock::now() < deadline)
    co_await pause(drain_timer, std::chrono::milliseconds(20));
  all_ended = shared.connections == 0;
  for (const auto& worker : workers)
    worker->stop();
  signals.cancel();
  certificate_timer.cancel();
}

void Server::State::stop() {
  if (!std::exchange(is_stopping, true)) return asio::co_spawn(context, drain(), asio::detached);
  is_hurried = true;
  drain_timer.cancel();
}

void Server::State::wait_for_signal() {
  signals.async_wait([this](error_code error, int) {
    if (error) return;
    stop();
    wait_for_signal();
  });
}

Server::Server(ServerSettings settings, Log& log) : state_(std::make_unique<State>(std::move(settings), log)) {}

Server::~Server() = default;

std::uint16_t Server::port() const {
  return state_->port;
}

bool Server::run() {
  asio::co_spawn(state_->context, state_->accept_connections(), asio::detached);
  asio::co_spawn(state_->context, state_->watch_certificate(), asio::detached);
  std::vector<std::thread> threads;
  for (const auto& worker : state_->workers)
    threads.emplace_back([&worker] { worker->run(); });
  state_->context.run();
  for (std::thread& thread : threads)
    thread.join();
  return state_->all_ended;
}

void Server::stop() {
  asio::post(state_->context, [state = state_.get()] { state->stop(); });
}

void Server::stop_on_signals() {
  state_->signals.add(SIGTERM);
  state_->signals.add(SIGINT);
  state_->wait_for_signal();
}

}  // namespace dotdiag
