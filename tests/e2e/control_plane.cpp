#include "tests/e2e/control_plane.hpp"

#include "tests/support/eventually.hpp"
#include "tests/support/examples.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace dotdiag::test {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

// The API server knows its users by these; it is reachable from this machine only, for as long as the tests run.
constexpr const char* admin_token = "e2e-admin";
constexpr const char* controllers_token = "e2e-controllers";

std::string local_url(std::uint16_t port, const std::string& scheme = "http") {
  return scheme + "://127.0.0.1:" + std::to_string(port);
}

/// Ports that nothing listens on. All are held while they are chosen, so no two are the same; somebody else can take
/// one before it is used, in which case the start fails and says so.
template <std::size_t count>
std::array<std::uint16_t, count> free_ports() {
  std::array<int, count> sockets{};
  std::array<std::uint16_t, count> ports{};
  for (std::size_t i = 0; i < count; ++i) {
    sockets[i] = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    const auto generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(sockets[i], generic, size) != 0 || ::getsockname(sockets[i], generic, &size) != 0)
      throw std::runtime_error("no free port on 127.0.0.1");
    ports[i] = ::ntohs(address.sin_port);
  }
  for (const int socket : sockets)
    ::close(socket);
  return ports;
}

void must_succeed(const std::vector<std::string>& command) {
  const ProcessResult result = run_process(command);
  if (result.exit_code != 0) throw std::runtime_error(command.at(0) + ": " + result.err);
}

/// A kubeconfig for the user with this token.
std::string kubeconfig(const std::string& url, const std::string& ca_file, const std::string& token) {
  return "apiVersion: v1\nkind: Config\ncurrent-context: e2e\n"
         "clusters: [{name: e2e, cluster: {server: \"" +
         url + "\", certificate-authority: \"" + ca_file +
         "\"}}]\n"
         "users: [{name: e2e, user: {token: \"" +
         token +
         "\"}}]\n"
         "contexts: [{name: e2e, context: {cluster: e2e, user: e2e}}]\n";
}

std::string end_of(const std::string& text) {
  constexpr std::size_t enough = 4000;
  return text.size() <= enough ? text : "..." + text.substr(text.size() - enough);
}

}  // namespace

ControlPlane::ControlPlane() {
  const char* assets = std::getenv("KUBEBUILDER_ASSETS");
  if (assets == nullptr) throw std::runtime_error("KUBEBUILDER_ASSETS is not set: run ./dev e2e");
  assets_ = assets;
  kubectl_ = std::filesystem::exists(assets_ / "kubectl") ? assets_ / "kubectl" : "kubectl";
  const auto begin = Clock::now();
  const auto [port, etcd_port, etcd_peer_port] = free_ports<3>();
  write_files(port);
  start_etcd(etcd_port, etcd_peer_port);
  start_api_server(port, etcd_port);
  url_ = local_url(port, "https");
  api_ = std::make_unique<Api>(url_, ca_file(), admin_token);
  wait_for("/readyz");
  if (std::filesystem::exists(assets_ / "kube-controller-manager")) {
    start_controllers();
    wait_for("/api/v1/namespaces/default/serviceaccounts/default");
  }
  start_up_ = std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
  make_node();
}

/// A new Node is tainted until its kubelet says that it is ready, which here nobody does.
void ControlPlane::make_node() const {
  api_->call({"POST", "/api/v1/nodes", R"({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node"}})"});
  kubectl_out({"taint", "node", "node", "node.kubernetes.io/not-ready:NoSchedule-"});
}

/// In a shell that writes the log to a file, and with the kernel's promise that it dies when this program does.
std::unique_ptr<Process> ControlPlane::start(const std::string& program, std::vector<std::string> arguments) const {
  const std::vector<std::string> launcher = {"setpriv",
                                             "--pdeathsig",
                                             "KILL",
                                             "sh",
                                             "-c",
                                             R"(log=$1; shift; exec "$@" >"$log" 2>&1)",
                                             "sh",
                                             directory_ / (program + ".log"),
                                             assets_ / program};
  arguments.insert(arguments.begin(), launcher.begin(), launcher.end());
  return std::make_unique<Process>(arguments);
}

void ControlPlane::write_files(std::uint16_t port) const {
  must_succeed({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                "2", "-subj", "/CN=dotdiag-e2e", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                directory_ / "api.key", "-out", directory_ / "api.crt"});
  must_succeed({"openssl", "genrsa", "-out", directory_ / "accounts.key", "2048"});
  directory_.write("tokens.csv", std::string(admin_token) + ",admin,admin,system:masters\n" + controllers_token +
                                     ",system:kube-controller-manager,controllers\n");
  directory_.write(
      "audit.yaml",
      "apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules: [{level: Metadata}]\n");
  const std::string url = local_url(port, "https");
  directory_.write("kubeconfig", kubeconfig(url, directory_ / "api.crt", admin_token));
  directory_.write("controllers.kubeconfig", kubeconfig(url, directory_ / "api.crt", controllers_token));
}

void ControlPlane::start_etcd(std::uint16_t client_port, std::uint16_t peer_port) {
  const std::string client = local_url(client_port);
  const std::string peer = local_url(peer_port);
  etcd_ = start("etcd", {"--data-dir", directory_ / "etcd", "--unsafe-no-fsync", "--listen-client-urls", client,
                         "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls",
                         peer, "--initial-cluster", "default=" + peer});
}

void ControlPlane::start_api_server(std::uint16_t port, std::uint16_t etcd_port) {
  api_server_ = start("kube-apiserver", {
                                            "--etcd-servers=" + local_url(etcd_port),
                                            "--bind-address=127.0.0.1",
                                            "--advertise-address=127.0.0.1",
                                            "--endpoint-reconciler-type=none",  // it refuses a loopback address
                                            "--secure-port=" + std::to_string(port),
                                            "--tls-cert-file=" + directory_ / "api.crt",
                                            "--tls-private-key-file=" + directory_ / "api.key",
                                            "--authorization-mode=RBAC",
                                            "--token-auth-file=" + directory_ / "tokens.csv",
                                            "--service-account-issuer=https://kubernetes.default.svc",
                                            "--service-account-key-file=" + directory_ / "accounts.key",
                                            "--service-account-signing-key-file=" + directory_ / "accounts.key",
                                            "--service-cluster-ip-range=10.0.0.0/24",
                                            "--allow-privileged=true",
                                            "--audit-policy-file=" + directory_ / "audit.yaml",
                                            "--audit-log-path=" + audit_log().string(),
                                        });
}

void ControlPlane::start_controllers() {
  controllers_ =
      start("kube-controller-manager",
            {"--kubeconfig=" + directory_ / "controllers.kubeconfig", "--leader-elect=false",
             "--use-service-account-credentials=true", "--secure-port=0", "--bind-address=127.0.0.1",
             "--kube-api-qps=500", "--kube-api-burst=1000",  // by default 20 a second, as many as tests create
             "--controllers=deployment-controller,replicaset-controller,statefulset-controller,"
             "daemonset-controller,job-controller,cronjob-controller,namespace-controller,"
             "serviceaccount-controller"});
}

/// Controllers that are started before the API server is ready ask again only after half a minute.
void ControlPlane::wait_for(const std::string& path) const {
  const auto deadline = Clock::now() + seconds(180);
  while (!api_->call({.path = path}).accepted()) {
    for (const auto* process : {&etcd_, &api_server_, &controllers_})
      if (*process && (*process)->wait(milliseconds(0))) throw std::runtime_error("the control plane ended\n" + logs());
    if (Clock::now() > deadline) throw std::runtime_error("the control plane does not get ready\n" + logs());
    std::this_thread::sleep_for(milliseconds(50));
  }
}

std::string ControlPlane::logs() const {
  std::string text;
  for (const char* program : {"etcd", "kube-apiserver", "kube-controller-manager"})
    text += std::string("== ") + program + "\n" + end_of(read_text(directory_ / (std::string(program) + ".log")));
  return text;
}

ProcessResult ControlPlane::kubectl(std::vector<std::string> arguments, const std::string& input) const {
  const std::vector<std::string> begin = {kubectl_, "--kubeconfig", directory_ / "kubeconfig", "--cache-dir",
                                          directory_ / "cache"};
  arguments.insert(arguments.begin(), begin.begin(), begin.end());
  return run_process(arguments, {.input = input, .environment = {"KUBERC=off"}});
}

std::vector<std::string> ControlPlane::environment() const {
  const char* path = std::getenv("PATH");
  const std::string directory = std::filesystem::path(kubectl_).parent_path().string();
  return {"KUBERC=off", "KUBECONFIG=" + directory_ / "kubeconfig",
          "PATH=" + directory + ":" + (path == nullptr ? "" : path)};
}

std::string ControlPlane::kubectl_out(const std::vector<std::string>& arguments, const std::string& input) const {
  const ProcessResult result = kubectl(arguments, input);
  if (result.exit_code == 0) return result.out;
  std::string command = "kubectl";
  for (const std::string& argument : arguments)
    command += " " + argument;
  throw std::runtime_error(command + ": " + result.err);
}

void ControlPlane::apply(const Json& object, const std::string& name_space,
                         const std::vector<std::string>& more) const {
  std::vector<std::string> arguments = {"apply", "--namespace", name_space, "--filename", "-"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  kubectl_out(arguments, object.dump());
}

Json ControlPlane::get(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "get");
  arguments.insert(arguments.end(), {"--output", "json"});
  return Json::parse(kubectl_out(arguments));
}

std::string ControlPlane::new_namespace(const std::vector<std::string>& labels) const {
  static int number = 0;
  const std::string name = "e2e-" + std::to_string(++number);
  Json object = {{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", {{"name", name}}}};
  for (const std::string& label : labels)
    object["metadata"]["labels"][label.substr(0, label.find('='))] = label.substr(label.find('=') + 1);
  kubectl_out({"create", "--filename", "-"}, object.dump());
  // Pods are refused before their service account is there.
  const std::string accounts = "/api/v1/namespaces/" + name + "/serviceaccounts";
  if (!has_controllers()) api_->call({"POST", accounts, R"({"metadata": {"name": "default"}})"});
  const auto is_there = [&] { return api_->call({.path = accounts + "/default"}).accepted(); };
  if (!eventually(is_there)) throw std::runtime_error("the namespace " + name + " gets no service account");
  return name;
}

}  // namespace dotdiag::test
