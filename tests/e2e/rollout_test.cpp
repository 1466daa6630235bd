// When pods are replaced and when not: ReplicaSets and revisions, counted.
#include "tests/e2e/cluster.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/eventually.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

/// A Deployment that was applied, and is the only one in its namespace.
class Applied {
 public:
  explicit Applied(Json manifest) : manifest_(std::move(manifest)) { apply(); }

  std::string kubectl(std::vector<std::string> arguments, const Json& input = Json()) const {
    arguments.insert(arguments.end(), {"--namespace", name_space_});
    return plane().kubectl_out(arguments, input.is_null() ? "" : input.dump());
  }
  void apply(const std::vector<std::string>& more = {}) const { plane().apply(manifest_, name_space_, more); }
  const Json& manifest() const { return manifest_; }
  Json stored() const { return plane().get({"deployment", "web", "--namespace", name_space_}); }

  /// How many there are once the controller has seen the Deployment as it is now.
  std::size_t replica_sets() const {
    const auto is_seen = [&] {
      const Json now = stored();
      return now.at("status").value("observedGeneration", 0) == now.at("metadata").at("generation");
    };
    if (!eventually(is_seen)) throw std::runtime_error("the Deployment's controller does not look at it");
    return plane().get({"replicasets", "--namespace", name_space_}).at("items").size();
  }

 private:
  std::string name_space_ = plane().new_namespace();
  Json manifest_;
};

struct Case {
  const char* what;
  std::size_t replica_sets;
  std::function<void(const Applied&)> act;
};

/// A manifest whose own list of capabilities the webhook appends to: `kubectl apply` takes our entry out each time.
Json with_capabilities() {
  Json manifest = deployment("web");
  manifest["spec"]["template"]["spec"]["containers"][0]["securityContext"]["capabilities"]["add"] = {"NET_ADMIN"};
  return manifest;
}

bool is_prepared(const Json& stored) {
  const Json& pod = stored.at("spec").at("template").at("spec");
  const Json& container = pod.at("containers").at(0);
  return pod.value("shareProcessNamespace", false) && container.value("env", Json()).size() == 3 &&
         container.value("volumeMounts", Json()).size() == 1;
}

}  // namespace

TEST_CASE("pods are replaced only where their template was changed on purpose", "[controllers]") {
  const Case cases[] = {
      {"nothing more", 1, [](const Applied&) {}},
      {"scale", 1,
       [](const Applied& web) {
         web.kubectl({"scale", "deployment/web", "--replicas=3"});
       }},
      {"apply again", 1, [](const Applied& web) { web.apply(); }},
      {"server-side apply", 1, [](const Applied& web) { web.apply({"--server-side"}); }},
      {"server-side apply, twice, as another manager", 1,
       [](const Applied& web) {
         web.apply({"--server-side", "--field-manager=flux", "--force-conflicts"});
         web.apply({"--server-side", "--field-manager=flux"});
       }},
      {"replace by the manifest", 1,
       [](const Applied& web) {
         web.kubectl({"replace", "--filename", "-"}, web.manifest());
       }},
      {"label", 1,
       [](const Applied& web) {
         web.kubectl({"label", "deployment/web", "team=shop"});
       }},
      {"opt out", 1,
       [](const Applied& web) {
         web.kubectl({"annotate", "deployment/web", "--overwrite", "dotdiag.io/inject=false"});
       }},
      {"a new image in a dry run", 1,
       [](const Applied& web) {
         web.kubectl({"set", "image", "deployment/web", "web=other:2", "--dry-run=server"});
       }},
      {"a new image", 2,
       [](const Applied& web) {
         web.kubectl({"set", "image", "deployment/web", "web=other:2"});
       }},
      {"restart", 2,
       [](const Applied& web) {
         web.kubectl({"rollout", "restart", "deployment/web"});
       }},
      {"restart, then apply again", 2,
       [](const Applied& web) {
         web.kubectl({"rollout", "restart", "deployment/web"});
         web.apply();
       }},
      {"a new image, then undo", 2,
       [](const Applied& web) {
         web.kubectl({"set", "image", "deployment/web", "web=other:2"});
         CHECK(web.replica_sets() == 2);
         web.kubectl({"rollout", "undo", "deployment/web"});
       }},
  };
  const AuditTrail trail;
  for (const Case& c : cases) {
    CAPTURE(c.what);
    const Applied web(deployment("web"));
    CHECK(web.replica_sets() == 1);
    c.act(web);
    CHECK(web.replica_sets() == c.replica_sets);
    CHECK(is_prepared(web.stored()));
  }
  CHECK(trail.faults() == std::vector<std::string>{});
}

TEST_CASE("a webhook whose policies have changed replaces pods only when they are restarted", "[controllers]") {
  const Applied web(deployment("web"));
  CHECK(web.replica_sets() == 1);
  cluster().webhook.stop();
  cluster().webhook.start({"--default-policy", "dotnet-monitor"});
  const AuditTrail trail;
  web.kubectl({"scale", "deployment/web", "--replicas=3"});
  web.kubectl({"label", "deployment/web", "team=shop"});
  web.apply();
  const std::size_t before = web.replica_sets();
  web.kubectl({"rollout", "restart", "deployment/web"});
  const std::size_t after = web.replica_sets();
  cluster().webhook.stop();
  cluster().webhook.start();
  CHECK(before == 1);
  CHECK(after == 2);
  CHECK(web.stored().dump().find("DOTNET_DiagnosticPorts") != std::string::npos);
  CHECK(trail.faults() == std::vector<std::string>{});
}

TEST_CASE("applying a manifest with capabilities of its own again replaces no pods", "[controllers]") {
  const Applied web(with_capabilities());
  CHECK(web.replica_sets() == 1);
  web.apply();
  web.apply();
  CHECK(web.replica_sets() == 1);
  const Json::json_pointer added("/spec/template/spec/containers/0/securityContext/capabilities/add");
  CHECK(web.stored().at(added) == Json::array({"NET_ADMIN", "SYS_PTRACE"}));
}

TEST_CASE("a dry run shows what would be stored and stores nothing") {
  const Applied web(deployment("web"));
  const Json before = web.stored();
  const auto output =
      web.kubectl({"create", "--filename", "-", "--dry-run=server", "--output=json"}, deployment("dry"));
  CHECK(is_prepared(Json::parse(output)));
  web.apply({"--dry-run=server"});
  web.apply({"--dry-run=server", "--server-side"});
  const Json after = web.stored();
  CHECK(after.at("metadata").at("generation") == before.at("metadata").at("generation"));
  CHECK(after.at("spec") == before.at("spec"));
}

TEST_CASE("a Deployment that opts in later is replaced once", "[controllers]") {
  Json manifest = deployment("web");
  manifest.at("metadata").erase("annotations");
  const Applied web(manifest);
  CHECK(web.replica_sets() == 1);
  CHECK(!is_prepared(web.stored()));
  web.kubectl({"annotate", "deployment/web", "dotdiag.io/inject=true"});
  CHECK(web.replica_sets() == 2);
  CHECK(is_prepared(web.stored()));
  web.apply();
  CHECK(web.replica_sets() == 2);
}

TEST_CASE("StatefulSets and DaemonSets get no second revision when they are applied again", "[controllers]") {
  for (const char* kind : {"StatefulSet", "DaemonSet"}) {
    CAPTURE(kind);
    const std::string name_space = plane().new_namespace();
    Json manifest = deployment("web");
    manifest["kind"] = kind;
    manifest.at("spec").erase("replicas");
    const auto revisions = [&] {
      return plane().get({"controllerrevisions", "--namespace", name_space}).at("items").size();
    };
    const auto is_seen = [&] {
      const Json now = plane().get({kind, "web", "--namespace", name_space});
      return now.at("status").value("observedGeneration", 0) == now.at("metadata").at("generation");
    };
    for (int i = 0; i < 3; ++i) {
      plane().apply(manifest, name_space);
      CHECK(eventually(is_seen));
      CHECK(revisions() == 1);
    }
    plane().kubectl_out({"rollout", "restart", kind + std::string("/web"), "--namespace", name_space});
    CHECK(eventually([&] { return revisions() == 2; }));
  }
}

TEST_CASE("a Job whose container adds capabilities of its own can be applied again") {
  const std::string name_space = plane().new_namespace();
  const Json job = Json::parse(R"({"apiVersion": "batch/v1", "kind": "Job",
    "metadata": {"name": "import", "annotations": {"dotdiag.io/inject": "true"}},
    "spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{
      "name": "app", "image": "registry.example.com/shop/import:1",
      "securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}]}}}})");
  plane().apply(job, name_space);
  plane().apply(job, name_space);  // throws where the server refuses
  const Json stored = plane().get({"job", "import", "--namespace", name_space});
  CHECK(stored.at("spec").at("template").at("spec").value("shareProcessNamespace", false));
}
