// A namespace that opts in all its workloads, as the overlay namespace-default installs it.
#include "tests/e2e/cluster.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/object_examples.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

const std::filesystem::path golden = source_path("tests/e2e/golden");

/// The overlay instead of the configuration of the other tests, which is back afterwards.
class ByDefault {
 public:
  ByDefault() {
    cluster().install(registration(plane(), source_path("manifests/overlays/namespace-default"), cluster().webhook),
                      plane().new_namespace({"dotdiag.io/inject-default=true"}), without_opt_in(deployment("probe")));
  }
  ~ByDefault() { cluster().install_manifests(); }

  static Json without_opt_in(Json object) {
    for (const char* metadata : {"/metadata", "/spec/template/metadata", "/spec/jobTemplate/spec/template/metadata"}) {
      const Json::json_pointer annotations(std::string(metadata) + "/annotations");
      if (object.contains(annotations)) object[annotations].erase("dotdiag.io/inject");
    }
    return object;
  }
};

Json stored_in(const std::string& name_space, const Json& applied) {
  return plane().get({applied.at("kind"), applied.at("metadata").at("name"), "--namespace", name_space});
}

std::string policies_of(const Json& stored) {
  const Json annotations = stored.at("metadata").value("annotations", Json::object());
  return Json::parse(annotations.value("dotdiag.io/status", R"({"policies":[]})")).at("policies").dump();
}

Json annotated(Json object, const std::string& value) {
  object["metadata"]["annotations"]["dotdiag.io/inject"] = value;
  return object;
}

}  // namespace

TEST_CASE("a workload that says nothing is stored as if it had opted in, whatever its kind") {
  const ByDefault installed;
  const std::string by_default = plane().new_namespace({"dotdiag.io/inject-default=true"});
  const std::string untouched = plane().new_namespace({"dotdiag.io/inject=false"});
  const AuditTrail trail;
  int kinds = 0;
  for (const char* kind : {"cron-job", "daemon-set", "deployment", "job", "stateful-set"}) {
    CAPTURE(kind);
    const Json opted_in = read_yaml(golden / kind / "applied.yaml");
    if (opted_in.dump().find(R"("dotdiag.io/inject":"true")") == std::string::npos) continue;  // it names policies
    ++kinds;
    const Json applied = ByDefault::without_opt_in(opted_in);
    plane().apply(applied, by_default);
    plane().apply(applied, untouched);
    const Json stored = without_defaults(stored_in(by_default, applied), stored_in(untouched, applied), applied);
    CHECK(yaml_text(stored) == yaml_text(ByDefault::without_opt_in(read_yaml(golden / kind / "stored.yaml"))));
  }
  CHECK(kinds >= 3);
  CHECK(trail.faults() == std::vector<std::string>{});
}

TEST_CASE("in a namespace that opts in, a workload's own word counts") {
  const ByDefault installed;
  const std::string by_default = plane().new_namespace({"dotdiag.io/inject-default=true"});
  const std::string restricted =
      plane().new_namespace({"dotdiag.io/inject-default=true", "pod-security.kubernetes.io/enforce=baseline"});
  const std::string monitored = plane().new_namespace({"dotdiag.io/inject-default=dotnet-monitor"});
  const std::string excluded = plane().new_namespace({"dotdiag.io/inject-default=true", "dotdiag.io/inject=false"});
  const std::string off = plane().new_namespace({"dotdiag.io/inject-default=false"});
  const Json silent = ByDefault::without_opt_in(deployment("web"));
  struct Case {
    std::string name_space;
    Json object;
    const char* policies;
  };
  const Case cases[] = {
      {by_default, silent, R"(["dotnet-dump"])"},
      {by_default, annotated(silent, "false"), "[]"},
      {by_default, annotated(silent, "dotnet-monitor"), R"(["dotnet-monitor"])"},
      {restricted, silent, R"(["dotnet-dump-restricted"])"},
      {monitored, silent, R"(["dotnet-monitor"])"},
      {monitored, annotated(silent, "true"), R"(["dotnet-dump"])"},
      {excluded, silent, "[]"},
      {off, silent, "[]"},
      {off, annotated(silent, "true"), R"(["dotnet-dump"])"},
  };
  int number = 0;
  for (Case c : cases) {
    c.object["metadata"]["name"] = "web-" + std::to_string(++number);
    CAPTURE(number);
    plane().apply(c.object, c.name_space);
    CHECK(policies_of(stored_in(c.name_space, c.object)) == c.policies);
  }
}

TEST_CASE("neither setting the label nor taking it away replaces a pod", "[controllers]") {
  const ByDefault installed;
  const std::string name_space = plane().new_namespace();
  const Json web = ByDefault::without_opt_in(deployment("web"));
  const auto kubectl = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--namespace", name_space});
    return plane().kubectl_out(arguments);
  };
  const auto replica_sets = [&] {
    eventually([&] {
      const Json now = stored_in(name_space, web);
      return now.at("status").value("observedGeneration", 0) == now.at("metadata").at("generation");
    });
    return plane().get({"replicasets", "--namespace", name_space}).at("items").size();
  };
  const auto touch = [&](const char* label) {
    kubectl({"scale", "deployment/web", "--replicas=3"});
    kubectl({"label", "deployment/web", "--overwrite", label});
    plane().apply(web, name_space);
  };
  plane().apply(web, name_space);
  CHECK(replica_sets() == 1);
  plane().kubectl_out({"label", "namespace", name_space, "dotdiag.io/inject-default=true"});
  touch("with=label");
  CHECK(replica_sets() == 1);
  CHECK(policies_of(stored_in(name_space, web)) == "[]");
  kubectl({"rollout", "restart", "deployment/web"});
  CHECK(replica_sets() == 2);
  CHECK(policies_of(stored_in(name_space, web)) == R"(["dotnet-dump"])");
  plane().kubectl_out({"label", "namespace", name_space, "dotdiag.io/inject-default-"});
  touch("without=label");
  CHECK(replica_sets() == 2);
  CHECK(policies_of(stored_in(name_space, web)) == R"(["dotnet-dump"])");
}
