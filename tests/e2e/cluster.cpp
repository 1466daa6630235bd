#include "tests/e2e/cluster.hpp"

#include "core/document/reader.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"

#include <iostream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace dotdiag::test {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

const std::string webhook_program = build_path("webhook/dotdiag-webhook");

/// What follows `key` up to `end`, in a text that has it.
std::string text_after(const std::string& text, const std::string& key, char end) {
  const std::size_t begin = text.find(key);
  if (begin == std::string::npos) throw std::runtime_error("no " + key + " in " + text);
  return text.substr(begin + key.size(), text.find(end, begin + key.size()) - begin - key.size());
}

}  // namespace

Webhook::Webhook() {
  const ProcessResult made = run_process({webhook_program, "certs", "--out", directory_.path().string(), "--dns",
                                          "localhost", "--ip", "127.0.0.1", "--days", "2", "--ca-bundle"});
  if (made.exit_code != 0) throw std::runtime_error(made.err);
  ca_bundle_ = text_after(made.out, "caBundle: ", '\n');
  start();
}

void Webhook::start(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"--cert", directory_ / "tls.crt", "--key", directory_ / "tls.key", "--threads",
                                        "2"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  process_ = start_serving(port_, arguments);
  port_ = port_in(log(), "port");
}

std::unique_ptr<Process> start_serving(std::uint16_t port, const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {
      "setpriv", "--pdeathsig", "KILL", webhook_program, "serve", "--listen", "127.0.0.1:" + std::to_string(port)};
  command.insert(command.end(), arguments.begin(), arguments.end());
  auto process = std::make_unique<Process>(command);
  const auto deadline = Clock::now() + seconds(30);
  while (process->err().find("listening") == std::string::npos) {
    if (process->wait(milliseconds(10)) || Clock::now() > deadline)
      throw std::runtime_error("the webhook does not listen: " + process->err());
  }
  return process;
}

std::uint16_t port_in(const std::string& log, const std::string& name) {
  return static_cast<std::uint16_t>(std::stoi(text_after(log, '"' + name + R"(":")", '"')));
}

Json registration(const ControlPlane& control_plane, const std::string& directory, const Webhook& webhook) {
  const std::string text = control_plane.kubectl_out({"kustomize", directory});
  for (const Document& document : read_documents(std::make_shared<const Source>(directory, text))) {
    if (text_member(document.root, "kind") != "MutatingWebhookConfiguration") continue;
    Json configuration = document.root;
    for (Json& hook : configuration.at("webhooks")) {
      const auto path = hook.at("clientConfig").at("service").at("path").get<std::string>();
      hook["clientConfig"] = {{"url", webhook.url() + path}, {"caBundle", webhook.ca_bundle()}};
      hook["timeoutSeconds"] = patient;
    }
    return configuration;
  }
  throw std::runtime_error(directory + " has no MutatingWebhookConfiguration");
}

void Cluster::install(const Json& configuration, const std::string& name_space, const Json& probe) const {
  control_plane.kubectl_out({"apply", "--filename", "-"}, configuration.dump());
  // The API server reads its webhook configurations as a client does: a moment later. Before that it may have another
  // one of this name in use, so there is a moment to wait in any case.
  const ApiCall dry_run{"POST", collection_path(probe, name_space) + "?dryRun=All", probe.dump()};
  const auto is_mutated = [&] {
    const ApiReply reply = control_plane.api().call(dry_run);
    return reply.accepted() && reply.body.at("metadata").at("annotations").contains("dotdiag.io/status");
  };
  std::this_thread::sleep_for(milliseconds(200));
  if (!eventually(is_mutated)) throw std::runtime_error("the webhook is not asked; its log: " + webhook.log());
}

void Cluster::install_manifests() const {
  install(registration(control_plane, source_path("manifests/base"), webhook), control_plane.new_namespace(),
          deployment("probe"));
}

Cluster& cluster() {
  static Cluster instance;
  static const bool installed = [] {
    std::cerr << "the control plane was ready after " << instance.control_plane.start_up().count() << " ms\n";
    instance.install_manifests();
    return true;
  }();
  (void)installed;
  return instance;
}

const ControlPlane& plane() {
  return cluster().control_plane;
}

AuditTrail::AuditTrail() : begin_(std::filesystem::file_size(cluster().control_plane.audit_log())) {}

std::vector<Json> AuditTrail::events() const {
  // An answer may arrive before its event is written; what comes after all of them is written after them.
  static int number = 0;
  const std::string last = "/version?after=" + std::to_string(++number);
  cluster().control_plane.api().call({.path = last});
  std::string text;
  const auto is_complete = [&] {
    text = read_text(cluster().control_plane.audit_log()).substr(begin_);
    return text.find('"' + last + '"') != std::string::npos && text.ends_with('\n');
  };
  if (!eventually(is_complete)) throw std::runtime_error("the audit log is not written");
  std::istringstream lines(text);
  std::vector<Json> result;
  for (std::string line; std::getline(lines, line);) {
    Json event = Json::parse(line);
    if (event.at("user").at("username") == "admin") result.push_back(std::move(event));
  }
  return result;
}

std::vector<std::string> AuditTrail::faults() const {
  std::vector<std::string> result;
  for (const Json& event : events()) {
    const int code = event.value("responseStatus", Json::object()).value("code", 0);
    const std::string what = event.at("verb").get<std::string>() + " " + event.at("requestURI").get<std::string>();
    if (code >= 500) result.push_back(std::to_string(code) + " " + what + ": " + event.at("responseStatus").dump());
    const Json annotations = event.value("annotations", Json::object());
    for (const auto& [key, value] : annotations.items())
      if (key.starts_with("failed-open.")) result.push_back(what + ": " + key + " " + value.dump());
  }
  return result;
}

}  // namespace dotdiag::test
