// What the webhook does over the life of an object that people, controllers and GitOps tools write to: it patches when
// that is due and never otherwise, and no pods are replaced unless their author asked for it.
#include "core/policy/embedded.hpp"
#include "core/policy/policy.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/webhook/toy_api_server.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

Json manifest(const char* api_version = "apps/v1", const char* kind = "Deployment") {
  return Json::parse(R"({
    "apiVersion": "", "kind": "",
    "metadata": {"name": "web", "annotations": {"dotdiag.io/inject": "true"}},
    "spec": {"replicas": 2, "template": {
      "metadata": {"labels": {"app": "web"}},
      "spec": {
        "containers": [{"name": "app", "image": "registry.example.com/shop/web:1.4.2",
                        "env": [{"name": "SHOP_REGION", "value": "eu"}],
                        "volumeMounts": [{"name": "settings", "mountPath": "/etc/shop"}]}],
        "volumes": [{"name": "settings", "configMap": {"name": "web"}}]}}}
  })")
      .patch(Json::array({{{"op", "replace"}, {"path", "/apiVersion"}, {"value", api_version}},
                          {{"op", "replace"}, {"path", "/kind"}, {"value", kind}}}));
}

Json& container_of(Json& object) {
  return object["spec"]["template"]["spec"]["containers"][0];
}
const Json& container_of(const Json& object) {
  return object.at(Json::json_pointer("/spec/template/spec/containers/0"));
}

/// The built-in policies as a later version might have them: the default one asks for one more variable.
class UpgradedPolicies {
 public:
  UpgradedPolicies() : policies_((write(), PolicySet::from_directory(directory_.path().string()))) {}
  const PolicySet* get() const { return &policies_; }

 private:
  void write() const {
    for (const EmbeddedFile& file : embedded_policies()) {
      std::string text(file.text);
      if (file.name == "dotnet-dump.yaml") {
        text.insert(text.find("\ndebugger:"),
                    "\n  - {id: added-later, kind: env, name: ADDED_LATER, value: \"1\", accept: any, "
                    "summary: s, why: w, source: \"https://example.com/\"}\n");
      }
      directory_.write(file.name, text);
    }
  }

  test::TemporaryDirectory directory_;
  PolicySet policies_;
};

/// A server that holds `object`, created through the webhook.
ToyApiServer holding(const Json& object) {
  ToyApiServer server;
  server.create(object);
  REQUIRE(server.patches() == 1);
  REQUIRE(server.replica_sets() == 1);
  return server;
}

}  // namespace

TEST_CASE("what controllers write to an injected object is not patched and replaces no pods") {
  ToyApiServer server = holding(manifest());
  Json object = server.stored();
  object["status"] = {{"readyReplicas", 2}};
  server.update_status(object);
  server.update(object);
  object["spec"]["replicas"] = 5;
  server.update(object);
  object["metadata"]["labels"]["team"] = "shop";
  server.update(object);
  object["metadata"]["annotations"]["deployment.kubernetes.io/revision"] = "1";
  server.update(object);
  CHECK(server.stored() == object);
  CHECK(server.patches() == 1);
  CHECK(server.replica_sets() == 1);
}

TEST_CASE("applying the same manifest again changes nothing") {
  const auto [api_version, kind] = GENERATE(table<const char*, const char*>({{"apps/v1", "Deployment"},
                                                                             {"apps/v1", "StatefulSet"},
                                                                             {"apps/v1", "DaemonSet"},
                                                                             {"argoproj.io/v1alpha1", "Rollout"}}));
  const Json original = manifest(api_version, kind);
  ToyApiServer server = holding(original);
  const Json injected = server.stored();
  for (int time = 0; time < 3; ++time) {
    CHECK(same_document(server.dry_run(original, original, Lists::merged), injected));
    server.apply(original, original, Lists::merged);
  }
  CHECK(same_document(server.stored(), injected));
  CHECK(server.patches() == 1);
}

TEST_CASE("where lists are replaced as a whole, what an apply takes away comes back as it was") {
  struct Row {
    const char* what;
    void (*write)(ToyApiServer& server, const Json& original);
  };
  const auto row = GENERATE(values<Row>({
      {"an apply of a custom resource",
       [](ToyApiServer& server, const Json& original) { server.apply(original, original, Lists::replaced); }},
      {"kubectl replace", [](ToyApiServer& server, const Json& original) { server.update(original); }},
  }));
  INFO(row.what);
  const Json original = manifest("argoproj.io/v1alpha1", "Rollout");
  ToyApiServer server = holding(original);
  const Json injected = server.stored();
  row.write(server, original);
  row.write(server, original);
  CHECK(same_document(server.stored(), injected));
  CHECK(server.patches() == 3);
  CHECK(server.replica_sets() == 1);
}

TEST_CASE(
    "a capability list of the user's own is completed each time it is applied, with a warning, and replaces no pods") {
  Json original = manifest();
  container_of(original)["securityContext"] = Json::parse(R"({"capabilities": {"add": ["NET_ADMIN"]}})");
  ToyApiServer server = holding(original);
  CHECK(server.warnings().size() == 1);
  server.apply(original, original, Lists::merged);
  CHECK(container_of(server.stored())["securityContext"]["capabilities"]["add"] == Json({"NET_ADMIN", "SYS_PTRACE"}));
  CHECK_THAT(server.warnings()[0].get<std::string>(), Catch::Contains("add it in Git too"));
  CHECK(server.patches() == 2);
  CHECK(server.replica_sets() == 1);
}

TEST_CASE("a new image or a restart makes new pods once, and needs no new patch") {
  const Json original = manifest();
  ToyApiServer server = holding(original);
  Json next = original;
  container_of(next)["image"] = "registry.example.com/shop/web:1.4.3";
  server.apply(original, next, Lists::merged);
  CHECK(server.replica_sets() == 2);
  server.restart("2026-11-21T21:51:40Z");
  CHECK(server.replica_sets() == 3);
  server.apply(next, next, Lists::merged);
  CHECK(server.replica_sets() == 3);
  CHECK(server.patches() == 1);
}

TEST_CASE("a container that the manifest gets later is no target unless it looks like one") {
  const Json original = manifest();
  ToyApiServer server = holding(original);
  Json next = original;
  next["spec"]["template"]["spec"]["containers"].push_back(
      {{"name", "cache"}, {"image", "docker.io/library/redis:7.4"}});
  server.apply(original, next, Lists::merged);
  CHECK(server.patches() == 1);
  CHECK_FALSE(server.stored()["spec"]["template"]["spec"]["containers"][1].contains("env"));
}

TEST_CASE("an upgrade of the policies reaches the pods with the next restart, and not before") {
  const UpgradedPolicies upgraded;
  const Json original = manifest();
  ToyApiServer server = holding(original);
  server.settings.policies = upgraded.get();

  Json scaled = server.stored();
  scaled["spec"]["replicas"] = 7;
  scaled["metadata"]["labels"]["team"] = "shop";
  server.update(scaled);
  server.apply(original, original, Lists::merged);
  CHECK(server.patches() == 1);
  CHECK(server.replica_sets() == 1);

  server.restart("2026-11-21T21:51:40Z");
  CHECK(server.patches() == 2);
  CHECK(server.replica_sets() == 2);
  CHECK(container_of(server.stored())["env"].back() == Json({{"name", "ADDED_LATER"}, {"value", "1"}}));

  server.apply(original, original, Lists::merged);
  server.update(server.stored());
  CHECK(server.patches() == 2);
  CHECK(server.replica_sets() == 2);
}

TEST_CASE("another meaning of true reaches the pods with the next restart, and not before") {
  const Json original = manifest();
  ToyApiServer server = holding(original);
  server.settings.true_means = "dotnet-monitor";
  server.apply(original, original, Lists::merged);
  CHECK(server.replica_sets() == 1);
  server.restart("2026-11-21T21:51:40Z");
  CHECK(server.patches() == 2);
  CHECK(server.replica_sets() == 2);
}

TEST_CASE("opting in later injects once") {
  Json plain = manifest();
  plain["metadata"].erase("annotations");
  ToyApiServer server;
  server.create(plain);
  CHECK(server.patches() == 0);
  server.apply(plain, manifest(), Lists::merged);
  server.apply(manifest(), manifest(), Lists::merged);
  CHECK(server.patches() == 1);
  CHECK(server.replica_sets() == 2);
}

TEST_CASE("taking the opt-in away leaves the pods as they are and says so once") {
  const Json original = manifest();
  ToyApiServer server = holding(original);
  const Json pods = server.stored()["spec"]["template"];
  Json plain = original;
  plain["metadata"].erase("annotations");
  Json out = original;
  out["metadata"]["annotations"]["dotdiag.io/inject"] = "false";
  const Json next = GENERATE_COPY(plain, out);

  server.apply(original, next, Lists::merged);
  CHECK(server.stored()["spec"]["template"] == pods);
  REQUIRE(server.warnings().size() == 1);
  CHECK_THAT(server.warnings()[0].get<std::string>(), Catch::Contains("[opt-in-removed]"));
  server.apply(next, next, Lists::merged);
  CHECK(server.warnings().empty());

  server.update(next);  // replaced as a whole, it is as if it had never been injected
  CHECK(server.warnings().empty());
  CHECK(same_document(server.stored(), next));
  CHECK(server.patches() == 1);
}

}  // namespace dotdiag::test
