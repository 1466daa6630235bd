// The cluster as its API tells it: the Secret, the webhook configuration, the replicas.
#pragma once

#include "core/document/json.hpp"
#include "webhook/bootstrap/api_client.hpp"
#include "webhook/bootstrap/renewal.hpp"

#include <string>
#include <vector>

namespace dotdiag {

/// Which objects are meant.
struct BootstrapNames {
  std::string name_space;
  std::string service = "dotdiag-webhook";
  std::string secret = "dotdiag-webhook-tls";
  std::string configuration = "dotdiag-webhook";
  std::vector<Endpoint> replicas = {};  ///< empty: those in the Service's EndpointSlices

  std::string secret_path() const { return "/api/v1/namespaces/" + name_space + "/secrets/" + secret; }
  std::string configuration_path() const {
    return "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/" + configuration;
  }
  /// As messages call them.
  std::string secret_title() const { return "secrets/" + secret + " in " + name_space; }
  std::string configuration_title() const { return "mutatingwebhookconfigurations/" + configuration; }
  /// By which the API server calls the webhook.
  std::string dns_name() const { return service + "." + name_space + ".svc"; }
};

/// Asks for nothing beyond what manifests/base/bootstrap grants: get and update the Secret, get and patch the
/// configuration, list EndpointSlices. A right that is missing is an InputError that names it.
class ApiCluster : public Cluster {
 public:
  ApiCluster(ApiServer server, BootstrapNames names) : server_(std::move(server)), names_(std::move(names)) {}

  Observation observe() override;
  bool store(const Certificates& current, const Certificates& next) override;
  bool trust(const std::vector<std::string>& bundles) override;
  std::string reason_not_served(const std::string& certificate) override;
  void wait(std::chrono::seconds time) override;
  Time now() override;

 private:
  Json get(const std::string& verb, const std::string& path, const std::string& what) const;
  void read_configuration();
  void read_secret();
  void read_replicas();

  ApiServer server_;
  BootstrapNames names_;
  Json secret_;                       ///< as it was observed last
  Json configuration_;                ///< likewise
  std::vector<std::size_t> entries_;  ///< the configuration's entries that ask our Service
  std::vector<Endpoint> replicas_;
};

}  // namespace dotdiag
