#include "webhook/server.hpp"

#include "core/document/error.hpp"
#include "core/document/reader.hpp"
#include "webhook/admin_server.hpp"
#include "webhook/file_watch.hpp"
#include "webhook/listen.hpp"
#include "webhook/server_certificate.hpp"
#include "webhook/session.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <optional>
#include <thread>
#include <vector>

namespace dotdiag {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

/// What can change while the server runs, and what was last said about it: the same complaint is made once.
struct Changeable {
  std::string_view name;
  std::string complaint = {};
};

/// The files whose changes matter.
std::vector<std::string> watched(const ServerSettings& settings) {
  std::vector<std::string> paths = {settings.tls.certificate_file, settings.tls.key_file};
  for (const std::string& path : {settings.tls.client_ca_file, settings.policies.directory, settings.config_file})
    if (!path.empty()) paths.push_back(path);
  return paths;
}

std::string config_bytes(const ServerSettings& settings) {
  return settings.config_file.empty() ? "" : read_bytes(settings.config_file);
}

}  // namespace

/// Runs on the thread that called run(): accepts, watches files, stops. Connections live on the workers' threads.
struct Server::State {
  State(ServerSettings given, Log& log) : settings(std::move(given)), shared{settings, log} {
    shared.certificate_ends = certificate.facts.not_after;
    if (const auto why = shared.why_not_ready(); !why.empty())
      log.warning(why, {{"file", settings.tls.certificate_file}, {"at", utc_text(certificate.facts.not_after)}});
    const unsigned count = std::max(settings.threads, 1U);
    for (unsigned i = 0; i < count; ++i)
      workers.push_back(std::make_unique<Worker>(shared));
    if (settings.admin) admin.emplace(*settings.admin, [this](std::string_view path) { return admin_answer(path); });
  }

  Answer admin_answer(std::string_view path) const;
  asio::awaitable<void> accept_connections();
  asio::awaitable<void> watch_files();
  asio::awaitable<void> look_from_time_to_time();
  asio::awaitable<void> drain();
  asio::awaitable<void> pause(asio::steady_timer& timer, std::chrono::milliseconds time);
  void reload();
  bool reload_certificate();
  bool reload_config();
  template <typename Load>
  void try_to_reload(Changeable& what, Load load);
  void wait_for_signal();
  void stop();

  const ServerSettings settings;
  Shared shared;
  asio::io_context context{1};
  ServerCertificate certificate = load_server_certificate(settings.tls, read_tls_files(settings.tls));
  Changeable certificate_state{"certificate"};
  Changeable policies_state{"policies"};
  Changeable config_state{"configuration"};
  std::string config = config_bytes(settings);
  ServerTimeouts::Time drain_time = settings.timeouts.drain;
  ServerTimeouts::Time last_connections_time = settings.timeouts.last_connections;
  FileWatch watch{context, watched(settings)};
  tcp::acceptor acceptor = listen(context, settings.endpoint, "--listen");
  std::uint16_t port = acceptor.local_endpoint().port();
  asio::signal_set signals{context};
  asio::steady_timer accept_timer{context};
  asio::steady_timer reload_timer{context};
  asio::steady_timer settle_timer{context};
  asio::steady_timer drain_timer{context};
  bool is_stopping = false;
  bool is_hurried = false;
  bool all_ended = false;
  std::atomic<bool> is_started = false;
  std::vector<std::unique_ptr<Worker>> workers;
  std::optional<AdminServer> admin;  // the last, so that it is the first to end: it asks for the others
};

/// On the admin server's thread.
Answer Server::State::admin_answer(std::string_view path) const {
  if (path == "/livez") return plain_answer(200, "ok");
  if (path == "/readyz") return readiness_answer(shared.why_not_ready());
  if (path == "/startupz") return readiness_answer(is_started ? "" : "starting");
  if (path != "/metrics") return plain_answer(404, "nothing here: see /livez, /readyz, /startupz and /metrics");
  return {.status = 200,
          .body = shared.metrics.text({shared.connections, shared.requests, shared.certificate_ends}),
          .content_type = "text/plain; version=0.0.4; charset=utf-8"};
}

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
    if (shared.connections >= 2 * shared.most_connections) {
      co_await pause(accept_timer, back_off);
      continue;
    }
    Worker& worker = *workers[turn % workers.size()];
    error_code error;
    tcp::socket socket =
        co_await acceptor.async_accept(worker.context(), asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      worker.serve(std::move(socket), certificate.context, Share(shared.connections, 1));
    } else if (error != asio::error::operation_aborted && error != asio::error::connection_aborted) {
      // Out of descriptors or memory: trying again at once would only burn the CPU that could close some.
      shared.log.warning("cannot accept a connection", {{"error", error.message()}});
      co_await pause(accept_timer, back_off);
    }
  }
}

/// Several files are often written together, and the last of them counts.
asio::awaitable<void> Server::State::watch_files() {
  constexpr auto settled = std::chrono::milliseconds(50);
  while (co_await watch.change()) {
    co_await pause(settle_timer, settled);
    watch.forget();
    if (!is_stopping) reload();
  }
}

asio::awaitable<void> Server::State::look_from_time_to_time() {
  while (!is_stopping) {
    co_await pause(reload_timer, settings.timeouts.reload);
    if (!is_stopping) reload();
  }
}

void Server::State::reload() {
  try_to_reload(config_state, [this] { return reload_config(); });
  try_to_reload(certificate_state, [this] { return reload_certificate(); });
  try_to_reload(policies_state, [this] { return shared.admission.reload(); });
}

/// What cannot be used is looked at again the next time: the key may be written a moment after the certificate.
template <typename Load>
void Server::State::try_to_reload(Changeable& what, Load load) {
  try {
    if (load()) {
      shared.metrics.reloaded(what.name, true);
      shared.log.info("loaded", {{"what", what.name}});
    }
    what.complaint.clear();
  } catch (const InputError& error) {
    if (std::exchange(what.complaint, error.what()) == error.what()) return;
    shared.metrics.reloaded(what.name, false);
    shared.log.warning("keeping what was loaded before", {{"what", what.name}, {"error", what.complaint}});
  }
}

bool Server::State::reload_config() {
  std::string fresh = config_bytes(settings);
  if (fresh == config || !settings.reread) return false;
  LiveSettings live = settings.reread();
  shared.admission.reload(std::move(live.policies));
  shared.most_connections = live.connections;
  drain_time = live.drain;
  last_connections_time = live.last_connections;
  shared.log.set(live.log_level, live.log_format);
  if (!live.need_restart.empty())
    shared.log.warning("a change of the configuration needs a restart", {{"settings", live.need_restart}});
  config = std::move(fresh);
  return true;
}

/// New connections get the new certificate; those that are open keep theirs, as clients look at it only once. A context
/// in use must not change, so a new one takes its place.
bool Server::State::reload_certificate() {
  TlsFiles files = read_tls_files(settings.tls);
  if (files == certificate.files) return false;
  ServerCertificate fresh = load_server_certificate(settings.tls, std::move(files));
  const std::string reason = reason_to_refuse(fresh, certificate, std::chrono::system_clock::now());
  if (!reason.empty()) throw InputError(settings.tls.certificate_file, {}, reason, "write one that clients accept");
  certificate = std::move(fresh);
  shared.certificate_ends = certificate.facts.not_after;
  return true;
}

asio::awaitable<void> Server::State::drain() {
  shared.is_draining = true;
  shared.log.info("stopping: still serving until clients have gone elsewhere");
  co_await pause(drain_timer, drain_time);
  acceptor.close();
  accept_timer.cancel();
  const auto deadline = Clock::now() + last_connections_time;
  while (shared.connections > 0 && !is_hurried && Clock::now() < deadline)
    co_await pause(drain_timer, std::chrono::milliseconds(20));
  all_ended = shared.connections == 0;
  for (const auto& worker : workers)
    worker->stop();
  signals.cancel();
  watch.stop();
  settle_timer.cancel();
  reload_timer.cancel();
}

void Server::State::stop() {
  if (!std::exchange(is_stopping, true)) return asio::co_spawn(context, drain(), asio::detached);
  is_hurried = true;
  drain_timer.cancel();
}

void Server::State::wait_for_signal() {
  signals.async_wait([this](error_code error, int signal) {
    if (error) return;
    if (signal == SIGHUP) {
      shared.log.info("SIGHUP: looking for changes");
      reload();
    } else {
      stop();
    }
    wait_for_signal();
  });
}

Server::Server(ServerSettings settings, Log& log) : state_(std::make_unique<State>(std::move(settings), log)) {}

Server::~Server() = default;

std::uint16_t Server::port() const {
  return state_->port;
}

std::uint16_t Server::admin_port() const {
  return state_->admin ? state_->admin->port() : std::uint16_t{0};
}

std::string Server::policies() const {
  return state_->shared.admission.now()->policies->names();
}

bool Server::run() {
  asio::co_spawn(state_->context, state_->accept_connections(), asio::detached);
  asio::co_spawn(state_->context, state_->look_from_time_to_time(), asio::detached);
  asio::co_spawn(state_->context, state_->watch_files(), asio::detached);
  std::vector<std::thread> threads;
  for (const auto& worker : state_->workers)
    threads.emplace_back([&worker] { worker->run(); });
  state_->is_started = true;
  state_->context.run();
  for (std::thread& thread : threads)
    thread.join();
  return state_->all_ended;
}

void Server::stop() {
  asio::post(state_->context, [state = state_.get()] { state->stop(); });
}

void Server::obey_signals() {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP})
    state_->signals.add(signal);
  state_->wait_for_signal();
}

}  // namespace dotdiag
