#include "webhook/bootstrap/api_cluster.hpp"

#include "core/document/error.hpp"
#include "core/document/json_reader.hpp"
#include "webhook/bootstrap/pem.hpp"

#include <openssl/evp.h>

#include <thread>

namespace dotdiag {
namespace {

using std::chrono::seconds;

constexpr seconds call_limit{10};
constexpr seconds replica_limit{3};

/// What a request did, as its author would say it: `update secrets/dotdiag-webhook-tls in dotdiag-system`.
struct Deed {
  std::string verb;
  std::string object;
};

std::string message_of(const ApiReply& reply) {
  try {
    const Json status = JsonReader().read(reply.body, "the API server's answer");
    if (const auto message = text_member(status, "message"); !message.empty()) return std::string(message);
  } catch (const InputError&) {
    // A proxy's answer, perhaps: its status says enough.
  }
  return "status " + std::to_string(reply.status);
}

/// Nothing where the reply is a success. What may pass by itself is Unavailable: a busy or starting server, and an
/// object that is applied a moment later.
void must_succeed(const ApiReply& reply, const Deed& deed) {
  if (reply.status >= 200 && reply.status < 300) return;
  const std::string what = "cannot " + deed.verb + " " + deed.object + ": " + message_of(reply);
  if (reply.status == 403)
    throw InputError("bootstrap", {}, what,
                     "grant `" + deed.verb + "` of " + deed.object + " (manifests/base/bootstrap)");
  if (reply.status == 404 || reply.status == 429 || reply.status >= 500) throw Unavailable(what);
  if (reply.status == 401)
    throw InputError("bootstrap", {}, what, "give the token of a service account with --token-file");
  throw InputError("bootstrap", {}, what);
}

std::string decoded(std::string_view base64) {
  std::string text(3 * (base64.size() / 4) + 3, '\0');
  const auto* in = reinterpret_cast<const unsigned char*>(base64.data());
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(text.data()), in, static_cast<int>(base64.size()));
  text.resize(static_cast<std::size_t>(std::max(size, 0)));
  while (text.ends_with('\0'))  // of the padding
    text.pop_back();
  return text;
}

struct Keys {
  const char* ca;
  const char* certificate;
  const char* key;
};
constexpr Keys current_keys = {"ca.crt", "tls.crt", "tls.key"};
constexpr Keys next_keys = {"next.ca.crt", "next.tls.crt", "next.tls.key"};

Certificates set_in(const Json& secret, const Keys& keys) {
  const Json* data = member(secret, "data");
  const auto value = [&](const char* key) { return data == nullptr ? "" : decoded(text_member(*data, key)); };
  return {value(keys.ca), value(keys.certificate), value(keys.key)};
}

void put_set(Json& secret, const Keys& keys, const Certificates& set) {
  Json& data = secret["data"];
  if (!data.is_object()) data = Json::object();
  const auto put = [&](const char* key, const std::string& text) {
    data.erase(key);
    if (!text.empty()) data[key] = base64(text);
  };
  put(keys.ca, set.ca);
  put(keys.certificate, set.certificate);
  put(keys.key, set.key);
}

/// Two that issue certificates would undo each other's work.
void refuse_if_cert_manager_owns(const Json& object, std::string_view annotation, const std::string& name) {
  if (value_at(object, Pointer{} / "metadata" / "annotations" / annotation) == nullptr) return;
  throw InputError("bootstrap", {}, name + " is kept by cert-manager (" + std::string(annotation) + ")",
                   "remove bootstrap's Job and CronJob, or the annotation");
}

}  // namespace

Json ApiCluster::get(const std::string& verb, const std::string& path, const std::string& what) const {
  const ApiReply reply = call_api(server_, {.method = "GET", .path = path}, call_limit);
  must_succeed(reply, {verb, what});
  return JsonReader().read(reply.body, what);
}

Observation ApiCluster::observe() {
  read_configuration();
  read_secret();
  read_replicas();
  Observation seen{set_in(secret_, current_keys), set_in(secret_, next_keys), {}};
  for (const std::size_t entry : entries_)
    seen.bundles.push_back(
        decoded(text_member(configuration_.at("webhooks").at(entry).at("clientConfig"), "caBundle")));
  return seen;
}

void ApiCluster::read_configuration() {
  const std::string what = names_.configuration_title();
  configuration_ = get("get", names_.configuration_path(), what);
  refuse_if_cert_manager_owns(configuration_, "cert-manager.io/inject-ca-from", what);
  entries_.clear();
  const Json& webhooks = items_member(configuration_, "webhooks");
  for (std::size_t i = 0; i < webhooks.size(); ++i) {
    const Json* service = value_at(webhooks[i], Pointer{} / "clientConfig" / "service");
    if (service != nullptr && text_member(*service, "name") == names_.service &&
        text_member(*service, "namespace") == names_.name_space)
      entries_.push_back(i);
  }
  if (entries_.empty())
    throw InputError("bootstrap", {},
                     what + " has no entry for the Service " + names_.name_space + "/" + names_.service,
                     "give the right --service, --namespace and --configuration");
}

void ApiCluster::read_secret() {
  secret_ = get("get", names_.secret_path(), names_.secret_title());
  refuse_if_cert_manager_owns(secret_, "cert-manager.io/certificate-name", names_.secret_title());
}

/// Each run, though only pruning needs them: a right that is missing shows at once, not in a year.
void ApiCluster::read_replicas() {
  replicas_ = names_.replicas;
  if (!replicas_.empty()) return;
  const Json list = get("list",
                        "/apis/discovery.k8s.io/v1/namespaces/" + names_.name_space +
                            "/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3D" + names_.service,
                        "endpointslices in " + names_.name_space);
  for (const Json& slice : items_member(list, "items")) {
    for (const Json& port : items_member(slice, "ports")) {
      const Json* number = member(port, "port");
      if (number == nullptr || !number->is_number_integer()) continue;
      for (const Json& endpoint : items_member(slice, "endpoints"))
        for (const Json& address : items_member(endpoint, "addresses"))
          if (address.is_string()) replicas_.push_back({address.get<std::string>(), number->get<std::uint16_t>()});
    }
  }
}

bool ApiCluster::store(const Certificates& current, const Certificates& next) {
  put_set(secret_, current_keys, current);
  put_set(secret_, next_keys, next);
  const ApiReply reply =
      call_api(server_, {.method = "PUT", .path = names_.secret_path(), .body = secret_.dump()}, call_limit);
  if (reply.status == 409) return false;
  must_succeed(reply, {"update", names_.secret_title()});
  return true;
}

bool ApiCluster::trust(const std::vector<std::string>& bundles) {
  // The API server refuses a patch that sets another resourceVersion than the one that is there.
  Json patch = Json::array({{{"op", "replace"},
                             {"path", "/metadata/resourceVersion"},
                             {"value", configuration_.at("metadata").at("resourceVersion")}}});
  for (std::size_t i = 0; i < entries_.size(); ++i)
    patch.push_back({{"op", "add"},
                     {"path", "/webhooks/" + std::to_string(entries_[i]) + "/clientConfig/caBundle"},
                     {"value", base64(bundles[i])}});
  const ApiReply reply = call_api(server_,
                                  {.method = "PATCH",
                                   .path = names_.configuration_path(),
                                   .body = patch.dump(),
                                   .content_type = "application/json-patch+json"},
                                  call_limit);
  if (reply.status == 409) return false;
  must_succeed(reply, {"patch", names_.configuration_title()});
  return true;
}

std::string ApiCluster::reason_not_served(const std::string& certificate) {
  if (replicas_.empty()) return "there is no replica";
  const auto expected = read_pem_certificates(certificate);
  for (const Endpoint& replica : replicas_) {
    try {
      if (shown_certificate(replica, names_.dns_name(), replica_limit) != expected.at(0).der)
        return "the replica " + replica.text() + " serves another one still";
    } catch (const Unavailable& error) {
      return std::string("the replica ") + error.what();
    }
  }
  return {};
}

void ApiCluster::wait(seconds time) {
  std::this_thread::sleep_for(time);
}

Cluster::Time ApiCluster::now() {
  return std::chrono::system_clock::now();
}

}  // namespace dotdiag
