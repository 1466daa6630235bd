// dotdiag as manifests/base installs it: the API server asks the Service, whose pods are webhooks of this machine.
#pragma once

#include "tests/e2e/balancer.hpp"
#include "tests/e2e/cluster.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace dotdiag::test {

/// One replica: the real program, with the Secret in a directory as kubelet would mount it.
class Replica {
 public:
  Replica() = default;
  Replica(const Replica&) = delete;
  Replica& operator=(const Replica&) = delete;

  /// Puts the certificate into the directory, both files at once.
  void mount(const std::string& certificate, const std::string& key);
  /// Starts it on the port that it had, once there is a certificate, and waits until it listens.
  void start();
  /// Asks it to stop, as kubelet does, and waits until it has.
  void stop();
  void signal(int number) const { process_->signal(number); }
  void kill() { process_.reset(); }
  std::uint16_t port() const { return port_; }
  /// What its admin port tells Prometheus.
  std::string metrics() const;
  std::string log() const { return process_ == nullptr ? "" : process_->err(); }

 private:
  TemporaryDirectory directory_;
  int mounted_ = 0;
  std::uint16_t port_ = 0;
  std::uint16_t admin_port_ = 0;
  std::unique_ptr<Process> process_;
};

/// Applies manifests/base, and puts a balancer where its Service points to; `timeout` is for each call, in seconds.
/// While it lives the configuration of the other tests is away; afterwards it is back.
class LiveInstallation {
 public:
  explicit LiveInstallation(int timeout = patient);
  ~LiveInstallation();

  static constexpr const char* name_space = "dotdiag-system";

  /// `dotdiag-webhook bootstrap` as the Job runs it: with the token of its service account, and with more arguments.
  ProcessResult bootstrap(const std::vector<std::string>& more = {}) const;
  std::unique_ptr<Process> start_bootstrap(const std::vector<std::string>& more = {}) const;

  /// Two, behind the Service, which from now on get the Secret as kubelet brings it: each at a time of its own, at most
  /// `delay` late.
  void start_replicas(std::chrono::milliseconds delay);
  Replica& replica(std::size_t number) { return *replicas_.at(number); }
  Balancer& balancer() { return balancer_; }
  /// All replicas, behind the Service again.
  void balance() { balancer_.set({replica(0).port(), replica(1).port()}); }

  /// The Secret's data, decoded.
  std::string secret(const std::string& key) const;
  /// The caBundle of each entry, decoded.
  std::vector<std::string> bundles() const;

 private:
  Json secret_data() const;
  std::vector<std::string> bootstrap_command(const std::vector<std::string>& more) const;
  void point_service_to_balancer(int timeout) const;
  void keep_mounted(std::size_t number, std::chrono::milliseconds delay);

  TemporaryDirectory directory_;
  Balancer balancer_;
  std::vector<std::unique_ptr<Replica>> replicas_;
  std::vector<std::thread> kubelets_;
  std::atomic<bool> is_stopping_ = false;
};

/// Somebody who creates 20 opted-in Deployments a second, for as long as this lives.
class Load {
 public:
  explicit Load(std::string name_space);
  ~Load() { stop(); }
  /// Ends it; afterwards the counts stay.
  void stop();

  int created() const { return created_; }
  int failed() const { return failed_; }        ///< the API server refused
  int unmutated() const { return unmutated_; }  ///< stored without what they asked for

 private:
  void create(int number);

  std::string name_space_;
  std::atomic<int> created_ = 0, failed_ = 0, unmutated_ = 0;
  std::atomic<bool> is_stopping_ = false;
  std::thread thread_;
};

/// All that the API server tells Prometheus.
std::string api_server_metrics();

/// The sum over all labels of a counter of the API server.
double api_server_counter(const std::string& name);

/// `text` without its base64.
std::string decoded(const std::string& text);

}  // namespace dotdiag::test
