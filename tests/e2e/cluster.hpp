// The control plane with dotdiag installed: the real webhook program, registered as manifests/ say, but by URL.
#pragma once

#include "tests/e2e/control_plane.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace dotdiag::test {

/// `dotdiag-webhook serve` on 127.0.0.1, with a certificate of `dotdiag-webhook certs`.
class Webhook {
 public:
  Webhook();
  void stop() { process_.reset(); }
  /// Again on the port that it had, with more arguments where given.
  void start(const std::vector<std::string>& more = {});
  std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  /// For `caBundle`.
  const std::string& ca_bundle() const { return ca_bundle_; }
  /// What it logged since it was started last.
  std::string log() const { return process_->err(); }

 private:
  TemporaryDirectory directory_;
  std::string ca_bundle_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Process> process_;
};

/// The MutatingWebhookConfiguration that `kubectl kustomize <directory>` shows, asking this webhook instead of the
/// Service, and `patient`: rules, selectors, conditions and paths are the manifest's own.
Json registration(const ControlPlane& control_plane, const std::string& directory, const Webhook& webhook);

/// `dotdiag-webhook serve` with these arguments on a port of 127.0.0.1 (0: any), once it listens. Throws, with its log,
/// where it does not within half a minute.
std::unique_ptr<Process> start_serving(std::uint16_t port, const std::vector<std::string>& arguments);
/// The port in such a log: `port` or `admin`.
std::uint16_t port_in(const std::string& log, const std::string& name);

struct Cluster {
  ControlPlane control_plane;
  Webhook webhook;
  /// Installs the configuration (in place of the one of that name) and waits until `probe`, which is not kept, is
  /// mutated in that namespace.
  void install(const Json& configuration, const std::string& name_space, const Json& probe) const;
  /// Installs manifests/, which is what all tests find and have to leave behind.
  void install_manifests() const;
};

/// The one that all tests share: to start it takes seconds. Made, with manifests/ installed, when first asked for.
Cluster& cluster();
/// Its control plane.
const ControlPlane& plane();

/// The timeoutSeconds of the tests' webhooks. The manifests' is too short for a machine that stands still for a moment,
/// and would store objects unprepared there; a test of its own (replicas_test.cpp) holds the webhook to it.
constexpr int patient = 10;

/// What the API server's audit log says from here on.
class AuditTrail {
 public:
  AuditTrail();
  /// The events of the administrator's calls since then.
  std::vector<Json> events() const;
  /// Of these, what must never be: an answer of 500 or above, or a webhook that gave no answer that could be used. One
  /// line each.
  std::vector<std::string> faults() const;

 private:
  std::uintmax_t begin_;
};

}  // namespace dotdiag::test
