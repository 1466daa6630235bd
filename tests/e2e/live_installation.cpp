#include "tests/e2e/live_installation.hpp"

#include "tests/e2e/workloads.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/places.hpp"

#include <openssl/evp.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

namespace dotdiag::test {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

const std::string webhook_program = build_path("webhook/dotdiag-webhook");
const std::string base = source_path("manifests/base");
constexpr const char* configuration = "mutatingwebhookconfiguration/dotdiag-webhook";

}  // namespace

std::string decoded(const std::string& text) {
  std::string result(text.size(), '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(result.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  result.resize(static_cast<std::size_t>(std::max(size, 0)));
  while (result.ends_with('\0'))
    result.pop_back();
  return result;
}

/// As kubelet does it: a directory for each version, and one link that is renamed over the last one.
void Replica::mount(const std::string& certificate, const std::string& key) {
  const std::string version = "..version-" + std::to_string(++mounted_);
  std::filesystem::create_directory(directory_ / version);
  directory_.write(version + "/tls.crt", certificate);
  directory_.write(version + "/tls.key", key);
  std::filesystem::create_directory_symlink(version, directory_ / "..new");
  std::filesystem::rename(directory_ / "..new", directory_ / "..data");
  for (const char* name : {"tls.crt", "tls.key"})
    if (mounted_ == 1) std::filesystem::create_symlink(std::string("..data/") + name, directory_ / name);
}

void Replica::start() {
  if (!eventually([&] { return std::filesystem::exists(directory_ / "tls.key"); }))
    throw std::runtime_error("a replica gets no certificate");
  process_ = start_serving(port_, {"--admin", "127.0.0.1:0", "--cert", directory_ / "tls.crt", "--key",
                                   directory_ / "tls.key", "--threads", "1", "--shutdown-delay", "1"});
  port_ = port_in(log(), "port");
  admin_port_ = port_in(log(), "admin");
}

std::string Replica::metrics() const {
  return run_process({"curl", "--silent", "--show-error", "--noproxy", "*",
                      "http://127.0.0.1:" + std::to_string(admin_port_) + "/metrics"})
      .out;
}

void Replica::stop() {
  process_->signal(SIGTERM);
  if (!process_->wait(seconds(150))) throw std::runtime_error("a replica does not stop: " + log());
}

LiveInstallation::LiveInstallation(int timeout) {
  plane().kubectl_out({"delete", configuration, "--ignore-not-found"});
  plane().kubectl_out({"delete", "secret/dotdiag-webhook-tls", "service/dotdiag-webhook", "--ignore-not-found",
                       "--namespace", name_space});
  plane().kubectl_out({"apply", "--kustomize", base});
  point_service_to_balancer(timeout);
  const ApiReply token = plane().api().call(
      {"POST", std::string("/api/v1/namespaces/") + name_space + "/serviceaccounts/dotdiag-webhook-bootstrap/token",
       R"({"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}})"});
  if (!token.accepted()) throw std::runtime_error("no token: " + token.summary());
  directory_.write("token", token.body.at("status").at("token").get<std::string>());
}

LiveInstallation::~LiveInstallation() {
  is_stopping_ = true;
  for (std::thread& kubelet : kubelets_)
    kubelet.join();
  plane().kubectl({"delete", configuration});
  plane().kubectl({"delete", "secret/dotdiag-webhook-tls", "service/dotdiag-webhook", "--namespace", name_space});
  cluster().install_manifests();
}

/// There is no network of pods here. Of a Service with an external name the API server asks that name, on the Service's
/// own port, and expects the Service's certificate all the same.
void LiveInstallation::point_service_to_balancer(int timeout) const {
  const Json port = balancer_.port();
  plane().kubectl_out({"delete", "service", "dotdiag-webhook", "--namespace", name_space});
  const Json service = {{"apiVersion", "v1"},
                        {"kind", "Service"},
                        {"metadata", {{"name", "dotdiag-webhook"}, {"namespace", name_space}}},
                        {"spec",
                         {{"type", "ExternalName"},
                          {"externalName", "localhost"},
                          {"ports", Json::array({{{"name", "https"}, {"port", port}}})}}}};
  plane().kubectl_out({"create", "--filename", "-"}, service.dump());
  Json patch = Json::array();
  const Json stored = plane().get({configuration});
  for (std::size_t i = 0; i < stored.at("webhooks").size(); ++i) {
    const std::string entry = "/webhooks/" + std::to_string(i);
    patch.push_back({{"op", "add"}, {"path", entry + "/clientConfig/service/port"}, {"value", port}});
    patch.push_back({{"op", "replace"}, {"path", entry + "/timeoutSeconds"}, {"value", timeout}});
  }
  plane().kubectl_out({"patch", configuration, "--type=json", "--patch", patch.dump()});
}

std::vector<std::string> LiveInstallation::bootstrap_command(const std::vector<std::string>& more) const {
  std::vector<std::string> command = {"setpriv",
                                      "--pdeathsig",
                                      "KILL",
                                      webhook_program,
                                      "bootstrap",
                                      "--namespace",
                                      name_space,
                                      "--api-server",
                                      plane().url(),
                                      "--ca-file",
                                      plane().ca_file(),
                                      "--token-file",
                                      directory_ / "token",
                                      "--settle",
                                      "1"};
  for (const auto& one : replicas_)
    command.insert(command.end(), {"--replica", "127.0.0.1:" + std::to_string(one->port())});
  command.insert(command.end(), more.begin(), more.end());
  return command;
}

ProcessResult LiveInstallation::bootstrap(const std::vector<std::string>& more) const {
  return run_process(bootstrap_command(more), {.timeout = seconds(180)});
}

std::unique_ptr<Process> LiveInstallation::start_bootstrap(const std::vector<std::string>& more) const {
  return std::make_unique<Process>(bootstrap_command(more));
}

void LiveInstallation::start_replicas(milliseconds delay) {
  for (int i = 0; i < 2; ++i)
    replicas_.push_back(std::make_unique<Replica>());
  for (std::size_t i = 0; i < replicas_.size(); ++i)
    kubelets_.emplace_back([this, i, delay] { keep_mounted(i, delay); });
  for (const auto& one : replicas_)
    one->start();
  balance();
}

void LiveInstallation::keep_mounted(std::size_t number, milliseconds delay) {
  std::mt19937 random(static_cast<unsigned>(number));
  std::string mounted;
  while (!is_stopping_) {
    const Json data = secret_data();
    const std::string certificate = decoded(data.value("tls.crt", ""));
    const std::string key = decoded(data.value("tls.key", ""));
    if (!certificate.empty() && certificate != mounted) {
      std::this_thread::sleep_for(milliseconds(random() % static_cast<unsigned>(delay.count() + 1)));
      replica(number).mount(certificate, key);
      mounted = certificate;
    }
    std::this_thread::sleep_for(milliseconds(200));
  }
}

Json LiveInstallation::secret_data() const {
  const ApiReply reply =
      plane().api().call({.path = std::string("/api/v1/namespaces/") + name_space + "/secrets/dotdiag-webhook-tls"});
  if (!reply.accepted()) throw std::runtime_error("the Secret: " + reply.summary());
  return reply.body.value("data", Json::object());
}

std::string LiveInstallation::secret(const std::string& key) const {
  return decoded(secret_data().value(key, ""));
}

std::vector<std::string> LiveInstallation::bundles() const {
  std::vector<std::string> result;
  const Json stored = plane().get({configuration});
  for (const Json& entry : stored.at("webhooks"))
    result.push_back(decoded(entry.at("clientConfig").value("caBundle", "")));
  return result;
}

Load::Load(std::string name_space) : name_space_(std::move(name_space)) {
  thread_ = std::thread([this] {
    for (int number = 0; !is_stopping_; ++number) {
      const auto next = Clock::now() + milliseconds(50);
      create(number);
      std::this_thread::sleep_until(next);
    }
  });
}

void Load::stop() {
  is_stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

/// Without pods: the controllers of the tests would only be in the way.
void Load::create(int number) {
  Json object = deployment("load-" + std::to_string(number));
  object["spec"]["replicas"] = 0;
  const ApiReply reply = plane().api().call({"POST", collection_path(object, name_space_), object.dump()});
  ++created_;
  if (!reply.accepted()) {
    ++failed_;
  } else if (!reply.body.at("metadata").at("annotations").contains("dotdiag.io/status")) {
    ++unmutated_;
  }
}

std::string api_server_metrics() {
  return plane().kubectl_out({"get", "--raw", "/metrics"});
}

double api_server_counter(const std::string& name) {
  std::istringstream lines(api_server_metrics());
  double sum = 0;
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(name + "{") || line.starts_with(name + " ")) sum += std::stod(line.substr(line.rfind(' ')));
  return sum;
}

}  // namespace dotdiag::test
