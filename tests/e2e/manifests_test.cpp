// What manifests/ offer to install, by kustomize and by the chart, as the API server sees it.
#include "core/document/workload.hpp"
#include "tests/e2e/cluster.hpp"
#include "tests/e2e/installations.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

const std::filesystem::path root = source_path();
const std::string system_namespace = "dotdiag-system";

std::vector<Json> entries() {
  return plane().get({"mutatingwebhookconfiguration", "dotdiag-webhook"}).at("webhooks");
}

/// The kinds of other people's that some components use; the namespace, which the chart does not make; and nothing
/// else.
void prepare() {
  if (const char* definitions = std::getenv("DOTDIAG_DEFINITIONS")) {
    plane().kubectl_out({"apply", "--server-side", "-f", definitions});
    plane().kubectl_out({"wait", "--for=condition=Established", "-f", definitions});
  }
  plane().kubectl_out({"apply", "-f", root / "manifests/base/namespace.yaml"});
  plane().kubectl_out({"delete", "mutatingwebhookconfiguration", "dotdiag-webhook", "--ignore-not-found"});
}

/// Takes everything out but the namespace, in place of the garbage collector, which does not run here.
void take_out(const std::vector<Json>& objects) {
  Json list = {{"apiVersion", "v1"}, {"kind", "List"}, {"items", Json::array()}};
  for (const Json& object : objects)
    if (object.at("kind") != "Namespace") list["items"].push_back(object);
  plane().kubectl_out({"delete", "--wait=false", "--ignore-not-found", "-f", "-"}, list.dump());
  plane().kubectl_out(
      {"delete", "replicasets,jobs,pods", "--all", "--namespace", system_namespace, "--wait=false", "--force"});
}

/// Takes out what a test has installed, for the tests that follow.
void clear() {
  take_out(objects_in(plane().kubectl_out({"kustomize", root / "manifests/base"})));
  cluster().install_manifests();
}

/// What the bootstrap Job (or cert-manager) does once the manifests are there.
void issue_certificate() {
  std::string patch;
  for (std::size_t i = 0; i < entries().size(); ++i)
    patch += (i == 0 ? "[" : ",") + std::string(R"({"op": "add", "path": "/webhooks/)") + std::to_string(i) +
             R"(/clientConfig/caBundle", "value": ")" + cluster().webhook.ca_bundle() + "\"}";
  plane().kubectl_out(
      {"patch", "mutatingwebhookconfiguration", "dotdiag-webhook", "--type", "json", "--patch", patch + "]"});
  if (!plane()
           .kubectl_out({"get", "secret", "dotdiag-webhook-tls", "-n", system_namespace, "--ignore-not-found"})
           .empty())
    plane().kubectl_out({"patch", "secret", "dotdiag-webhook-tls", "-n", system_namespace, "--patch",
                         R"({"data": {"tls.crt": "eA==", "tls.key": "eA=="}})"});
}

/// True while what issue_certificate() wrote is there, in every entry and in the Secret where there is one.
bool has_certificate() {
  for (const Json& entry : entries())
    if (entry.at("clientConfig").value("caBundle", "") != cluster().webhook.ca_bundle()) return false;
  const std::string secret = plane().kubectl_out(
      {"get", "secret", "dotdiag-webhook-tls", "-n", system_namespace, "--ignore-not-found", "-o", "json"});
  return secret.empty() || Json::parse(secret).value("data", Json::object()).size() == 2;
}

/// What the API server says against a pod of each workload among `objects`, in the namespace that enforces Pod
/// Security.
std::vector<std::string> refused_pods(const std::vector<Json>& objects) {
  std::vector<Json> pods;
  for (const Json& object : objects)
    if (as_workload(object)) pods.push_back(pod_of(object));
  return refusals(plane().api(), pods, system_namespace);
}

/// Applies what `source` names twice, the certificate issued in between, and takes it out again. `text` is all of it.
void check_installation(const std::vector<std::string>& source, const std::string& text) {
  const std::vector<Json> objects = objects_in(text);
  std::vector<std::string> apply = {"apply", "--server-side", "--validate=strict"};
  apply.insert(apply.end(), source.begin(), source.end());
  const ProcessResult applied = plane().kubectl(apply, text);
  CHECK(applied.err == "");
  CHECK(applied.exit_code == 0);
  const std::vector<std::string> refused = refused_pods(objects);
  CHECK(!refused.empty());
  CHECK(refused == std::vector<std::string>(refused.size()));
  issue_certificate();
  const ProcessResult again = plane().kubectl(apply, text);
  CHECK(again.err == "");
  CHECK(again.exit_code == 0);
  CHECK(has_certificate());
  take_out(objects);
}

}  // namespace

TEST_CASE("kubectl apply -k of the base is the whole installation, and its pods are made", "[controllers]") {
  const AuditTrail trail;
  prepare();
  const ProcessResult applied = plane().kubectl({"apply", "--validate=strict", "-k", root / "manifests/base"});
  issue_certificate();
  const ProcessResult again = plane().kubectl({"apply", "--validate=strict", "-k", root / "manifests/base"});
  const auto pods = [](const std::string& name) {
    return plane()
        .get({"pods", "--namespace", system_namespace, "--selector", "app.kubernetes.io/name=" + name})
        .at("items");
  };
  CHECK(eventually([&] { return pods("dotdiag-webhook").size() == 2; }));
  CHECK(eventually([&] { return pods("dotdiag-webhook-bootstrap").size() == 1; }));
  const bool kept = has_certificate();
  clear();

  CHECK(applied.err == "");
  CHECK(applied.exit_code == 0);
  CHECK(again.err == "");
  CHECK(again.exit_code == 0);
  CHECK(kept);
  CHECK(trail.faults() == std::vector<std::string>{});
}

TEST_CASE("every installation by kustomize is taken strictly and without a warning, and again with its certificate") {
  prepare();
  for (const Installation& installation : installations()) {
    CAPTURE(installation.name);
    const KustomizeDirectory directory(installation);
    check_installation({"-k", directory.path()}, plane().kubectl_out({"kustomize", directory.path()}));
  }
  clear();
}

TEST_CASE("every installation by the chart is taken strictly and without a warning, and again with its certificate",
          "[helm]") {
  prepare();
  for (const Installation& installation : installations()) {
    CAPTURE(installation.name);
    check_installation({"-f", "-"}, chart_text(installation));
  }
  clear();
}

TEST_CASE("helm installs, upgrades without losing the certificate, and takes everything out", "[helm]") {
  prepare();
  const AuditTrail trail;
  const auto helm = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), std::getenv("DOTDIAG_HELM"));
    arguments.insert(arguments.end(), {"--namespace", system_namespace});
    return run_process(arguments, {.environment = plane().environment()});
  };
  const std::string chart = root / "manifests/chart";
  const ProcessResult installed = helm({"install", "dotdiag", chart});
  const ProcessResult tested = helm({"template", "dotdiag", chart, "--show-only", "templates/tests/review.yaml"});
  const std::vector<std::string> refused = refusals(plane().api(), objects_in(tested.out), system_namespace);
  issue_certificate();
  const ProcessResult upgraded =
      helm({"upgrade", "dotdiag", chart, "--set", "replicas=3,namespaceDefault.enabled=true"});
  const bool kept = plane().get({"secret", "dotdiag-webhook-tls", "-n", system_namespace}).contains("data");
  std::size_t with_ca = 0;
  for (const Json& entry : entries())
    with_ca += entry.at("clientConfig").contains("caBundle") ? 1 : 0;
  const ProcessResult uninstalled = helm({"uninstall", "dotdiag"});
  const std::string left = plane().kubectl_out({"get", "mutatingwebhookconfigurations,clusterroles,clusterrolebindings",
                                                "-l", "app.kubernetes.io/instance=dotdiag"});
  clear();

  CHECK(installed.exit_code == 0);
  CHECK(installed.out.find("rollout status deployment/dotdiag-webhook") != std::string::npos);
  CHECK(refused == std::vector<std::string>(2));  // what helm test creates
  CHECK(upgraded.exit_code == 0);
  CHECK(kept);
  CHECK(with_ca == 2);  // the entries that are new get theirs from the next bootstrap, which the upgrade starts
  CHECK(uninstalled.exit_code == 0);
  CHECK(left == "");
  CHECK(trail.faults() == std::vector<std::string>{});
}
