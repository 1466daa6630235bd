// The HTTPS server: takes connections, hands bodies to admission, and knows how to stop without failing a request.
#pragma once

#include "webhook/endpoint.hpp"
#include "webhook/live_admission.hpp"
#include "webhook/log.hpp"
#include "webhook/tls.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace dotdiag {

/// How much the server takes on. Sizes in bytes.
struct ServerLimits {
  /// An API server sends 0.5 kB of header lines.
  std::size_t header = 16 * 1024;
  /// A Deployment of 1 MB full of `<` was seen as 11.9 MB on UPDATE: escaped, and there twice.
  std::size_t body = 16 * 1024 * 1024;
  /// All bodies that are arriving at one time, together; more are answered 429.
  std::size_t bodies = 64 * 1024 * 1024;
  /// Above it connections are still served, but with 429; above twice as many none is accepted. An API server keeps 25.
  std::size_t connections = 1024;
  /// Requests that wait for their body or their turn: 512 of 0.1 ms are 50 ms of work, later ones had better come
  /// again.
  std::size_t requests = 512;
};

/// How long a client may take. All are deadlines for the whole step, never re-armed by a byte: a client that sends one
/// byte a second is cut off like one that sends none.
struct ServerTimeouts {
  using Time = std::chrono::milliseconds;
  /// The API server's own limit is 10 s; a handshake takes 1 ms.
  Time handshake = std::chrono::seconds(10);
  /// From the request's first byte. Header and body each as long as an API server waits for the whole answer by
  /// default.
  Time header = std::chrono::seconds(10);
  Time body = std::chrono::seconds(10);
  /// An answer that is not taken for that long has nobody waiting for it any more.
  Time write = std::chrono::seconds(10);
  /// Between requests. API servers close idle connections after 90 s and do not retry a POST on one that we closed
  /// first.
  Time idle = std::chrono::seconds(120);
  /// For the other side to say goodbye, which it need not do.
  Time shutdown = std::chrono::seconds(2);
  /// How often the deadlines are looked at: one timer a thread is much cheaper than one an operation.
  Time tick = std::chrono::milliseconds(500);
  /// How often certificate and policies are looked at where no watch told that they changed.
  Time reload = std::chrono::seconds(10);
  /// From stop() until no connection is accepted any more: endpoints need that long to forget a pod.
  Time drain = std::chrono::seconds(15);
  /// Then, until the connections that remain are closed. API servers have closed all idle ones after 90 s.
  Time last_connections = std::chrono::seconds(100);
};

/// What may change while the server runs.
struct LiveSettings {
  PolicyOptions policies;
  std::size_t connections = 0;    ///< as in ServerLimits
  ServerTimeouts::Time drain{0};  ///< as in ServerTimeouts
  ServerTimeouts::Time last_connections{0};
  LogLevel log_level = LogLevel::info;
  LogFormat log_format = LogFormat::json;
  std::string need_restart = {};  ///< what else has changed, by the names of the file, separated by commas
};

struct ServerSettings {
  Endpoint endpoint{"0.0.0.0", 8443};
  std::optional<Endpoint> admin = {};  ///< where probes and metrics are answered over plain HTTP
  TlsSettings tls;
  PolicyOptions policies;
  unsigned threads = 1;
  ServerLimits limits;
  ServerTimeouts timeouts;
  std::string config_file = {};               ///< looked at for changes; empty: none
  std::function<LiveSettings()> reread = {};  ///< what the file says now; throws InputError
};

/// Serves, and takes a new certificate or new policies as soon as they are there; what cannot be used is reported, and
/// what was there before stays.
class Server {
 public:
  /// Listens. Throws InputError where the address, port, certificate or policies cannot be used. `log` must outlive the
  /// server.
  Server(ServerSettings settings, Log& log);
  ~Server();

  std::uint16_t port() const;
  /// Of the admin port; 0 where there is none.
  std::uint16_t admin_port() const;
  /// The names of the policies that are loaded, for messages.
  std::string policies() const;

  /// Serves until stopped, on threads of its own. True where every connection ended by itself.
  bool run();

  /// Begins to stop: `/readyz` says 503, and each answer asks for the connection to be closed, but all are served until
  /// clients have gone or the timeouts `drain` and `last_connections` are over. Called again: closes everything at
  /// once. From any thread.
  void stop();

  /// From now on SIGTERM and SIGINT call stop(), and SIGHUP looks at once whether certificate and policies have
  /// changed.
  void obey_signals();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dotdiag
