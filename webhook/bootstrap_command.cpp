// dotdiag-webhook bootstrap: makes and renews the certificate through the API, so that nobody needs cert-manager.
#include "core/document/error.hpp"
#include "core/document/reader.hpp"
#include "webhook/commands.hpp"
#include "webhook/log.hpp"

#include <algorithm>
#include <cstdlib>

namespace dotdiag {
namespace {

/// Where Kubernetes puts a pod's token, its namespace and the API server's CA.
constexpr const char* service_account = "/var/run/secrets/kubernetes.io/serviceaccount/";

std::string or_else(const std::string& chosen, const std::string& otherwise) {
  return chosen.empty() ? otherwise : chosen;
}

/// Names go into paths: nothing but what Kubernetes allows in them.
void check_name(const std::string& option, const std::string& name) {
  const auto fits = [](char c) { return c == '-' || c == '.' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const bool is_name = !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), fits) &&
                       name.front() != '.' && name.front() != '-';
  if (!is_name) throw InputError(option + " " + name, {}, "not a name", "give the name of an object in Kubernetes");
}

/// The server in `https://HOST[:PORT]`.
Endpoint endpoint_in(const std::string& url) {
  constexpr std::string_view scheme = "https://";
  const std::string server = url.substr(std::min(scheme.size(), url.size()));
  if (!url.starts_with(scheme) || server.find('/') != std::string::npos)
    throw InputError("--api-server " + url, {}, "not an address", "give https://HOST:PORT");
  const std::size_t bracket = server.find(']');
  const bool has_port = server.find(':', bracket == std::string::npos ? 0 : bracket) != std::string::npos;
  return parse_endpoint(has_port ? server : server + ":443", "--api-server");
}

ApiServer api_server(const BootstrapOptions& options) {
  ApiServer server;
  server.ca_file = or_else(options.ca_file, std::string(service_account) + "ca.crt");
  server.token_file = or_else(options.token_file, std::string(service_account) + "token");
  if (!options.api_server.empty()) {
    server.endpoint = endpoint_in(options.api_server);
    return server;
  }
  const char* host = std::getenv("KUBERNETES_SERVICE_HOST");
  const char* port = std::getenv("KUBERNETES_SERVICE_PORT");
  if (host == nullptr || port == nullptr)
    throw InputError("bootstrap", {}, "this is no pod of Kubernetes: KUBERNETES_SERVICE_HOST is not set",
                     "give --api-server, --ca-file and --token-file");
  const bool is_ipv6 = std::string_view(host).find(':') != std::string_view::npos;
  const std::string address = is_ipv6 ? "[" + std::string(host) + "]" : host;
  server.endpoint = parse_endpoint(address + ":" + port, "KUBERNETES_SERVICE_HOST");
  return server;
}

BootstrapNames checked(BootstrapNames names) {
  if (names.name_space.empty()) names.name_space = read_bytes(std::string(service_account) + "namespace");
  check_name("--namespace", names.name_space);
  check_name("--service", names.service);
  check_name("--secret", names.secret);
  check_name("--configuration", names.configuration);
  return names;
}

}  // namespace

int bootstrap(const BootstrapOptions& options) {
  ApiServer server = api_server(options);
  BootstrapNames names = checked(options.names);
  RenewalSettings settings = options.renewal;
  if (settings.renew_before >= std::chrono::hours(24) * settings.request.days)
    throw InputError("--renew-before", {}, "a new certificate would be renewed at once", "give fewer days than --days");
  settings.request.dns_names = {names.dns_name()};
  ApiCluster cluster(std::move(server), std::move(names));
  Log log;
  try {
    renew(cluster, settings, [&](std::string_view step, std::string_view reason) {
      log.info("bootstrap", {{"step", step}, {"reason", reason}});
    });
    return 0;
  } catch (const Unavailable& error) {
    log.error("bootstrap", {{"step", "failed"}, {"reason", error.what()}});
    return 1;
  }
}

}  // namespace dotdiag
