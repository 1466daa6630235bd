// A real Kubernetes API server for the tests: etcd, kube-apiserver and kube-controller-manager on 127.0.0.1.
#pragma once

#include "tests/e2e/api.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace dotdiag::test {

/// Up and ready once constructed; gone, with its data, when this is destroyed or the test program ends in whatever way.
///
/// RBAC, the default admission plugins (Pod Security among them) and an audit log of every call are on. There is no
/// scheduler and no kubelet: pods are made and stay Pending. There is one Node, so that a DaemonSet has a pod.
class ControlPlane {
 public:
  /// Throws, with the ends of the logs, where it does not get ready in three minutes.
  ControlPlane();

  /// False where there is no kube-controller-manager: then nothing makes pods of a Deployment.
  bool has_controllers() const { return controllers_ != nullptr; }
  /// From the first process to the API server's own word that it is ready, and the controllers' too.
  std::chrono::milliseconds start_up() const { return start_up_; }

  /// kubectl as the cluster's administrator. `input` is its standard input.
  ProcessResult kubectl(std::vector<std::string> arguments, const std::string& input = {}) const;
  /// The same; throws where it fails.
  std::string kubectl_out(const std::vector<std::string>& arguments, const std::string& input = {}) const;
  /// The environment of a program that runs kubectl itself.
  std::vector<std::string> environment() const;
  /// `kubectl apply` of one object, with more arguments where given; throws where it fails.
  void apply(const Json& object, const std::string& name_space, const std::vector<std::string>& more = {}) const;
  /// `kubectl get ... -o json`.
  Json get(std::vector<std::string> arguments) const;
  /// Where the API server is, and the file with the CA of its certificate.
  const std::string& url() const { return url_; }
  std::string ca_file() const { return directory_ / "api.crt"; }
  /// Calls that need no kubectl.
  const Api& api() const { return *api_; }

  /// A new namespace of a name of its own, ready for pods. `labels`: `name=value`.
  std::string new_namespace(const std::vector<std::string>& labels = {}) const;

  /// One JSON event a line, for every answer so far.
  std::filesystem::path audit_log() const { return directory_.path() / "audit.log"; }

 private:
  std::unique_ptr<Process> start(const std::string& program, std::vector<std::string> arguments) const;
  void write_files(std::uint16_t port) const;
  void start_etcd(std::uint16_t client_port, std::uint16_t peer_port);
  void start_api_server(std::uint16_t port, std::uint16_t etcd_port);
  void start_controllers();
  void wait_for(const std::string& path) const;
  void make_node() const;
  std::string logs() const;

  TemporaryDirectory directory_;
  std::filesystem::path assets_;
  std::string kubectl_, url_;
  std::unique_ptr<Process> etcd_, api_server_, controllers_;
  std::unique_ptr<Api> api_;
  std::chrono::milliseconds start_up_{};
};

}  // namespace dotdiag::test
