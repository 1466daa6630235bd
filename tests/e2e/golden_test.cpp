// Each folder of tests/e2e/golden is an object as somebody applies it (applied.yaml), as the API server then keeps it
// (stored.yaml, without the server's own defaults), and what kubectl warns of (warnings.txt; none where it is silent).
#include "tests/e2e/cluster.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/object_examples.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

const std::filesystem::path golden = source_path("tests/e2e/golden");

/// Throws where the file is refused.
std::string warnings_of_apply(const std::filesystem::path& file, const std::string& name_space) {
  const ProcessResult result =
      cluster().control_plane.kubectl({"apply", "--namespace", name_space, "--filename", file.string()});
  if (result.exit_code != 0) throw std::runtime_error(result.err);
  return result.err;
}

Json stored_in(const std::string& name_space, const Json& applied) {
  const auto kind = applied.at("kind").get<std::string>();
  const auto name = applied.at("metadata").at("name").get<std::string>();
  return cluster().control_plane.get({kind, name, "--namespace", name_space});
}

/// A namespace whose pods are sent as well, by the rule of the component `pods` in a configuration beside the shipped
/// one.
std::string namespace_with_pods() {
  const ControlPlane& plane = cluster().control_plane;
  Json configuration = registration(plane, source_path("manifests/overlays/pods"), cluster().webhook);
  configuration["metadata"]["name"] = "dotdiag-pods";
  Json hook = configuration.at("webhooks").at(0);
  hook["rules"] = Json::array({hook.at("rules").back()});
  hook["namespaceSelector"] = {{"matchLabels", {{"pods", "sent"}}}};
  configuration["webhooks"] = Json::array({hook});
  const std::string name_space = plane.new_namespace({"pods=sent"});
  cluster().install(configuration, name_space, read_yaml(golden / "pod/applied.yaml"));
  return name_space;
}

}  // namespace

TEST_CASE("an annotated object of each kind is stored as its folder says") {
  const std::string prepared = namespace_with_pods();
  const std::string untouched = cluster().control_plane.new_namespace({"dotdiag.io/inject=false"});
  const AuditTrail trail;
  for (const char* kind : {"cron-job", "daemon-set", "deployment", "job", "pod", "stateful-set"}) {
    CAPTURE(kind);
    const std::filesystem::path folder = golden / kind;
    const Json applied = read_yaml(folder / "applied.yaml");
    const std::string warnings = warnings_of_apply(folder / "applied.yaml", prepared);
    CHECK(warnings_of_apply(folder / "applied.yaml", untouched) == "");

    const std::string stored =
        yaml_text(without_defaults(stored_in(prepared, applied), stored_in(untouched, applied), applied));
    CHECK(stored == expected_text(folder / "stored.yaml", stored));
    CHECK(warnings == expected_text(folder / "warnings.txt", warnings));
    CHECK(warnings_of_apply(folder / "applied.yaml", prepared) == warnings);
  }
  CHECK(trail.faults() == std::vector<std::string>{});
}

TEST_CASE("a pod is stored as it is applied where the configuration sends no pods") {
  const std::string name_space = cluster().control_plane.new_namespace();
  const Json applied = read_yaml(golden / "pod/applied.yaml");
  CHECK(warnings_of_apply(golden / "pod/applied.yaml", name_space) == "");
  const Json stored = stored_in(name_space, applied);
  CHECK(same_document(without_defaults(stored, stored, applied), applied));
}

TEST_CASE("the audit log says which policies were asked for and what came of it") {
  const std::string name_space = cluster().control_plane.new_namespace();
  const AuditTrail trail;
  cluster().control_plane.kubectl(
      {"apply", "--namespace", name_space, "--filename", golden / "deployment/applied.yaml"});
  Json annotations;
  for (const Json& event : trail.events())
    if (event.at("verb") == "create") annotations = event.at("annotations");
  CHECK(annotations.value("privileged.dotdiag.io/policy", "") == "dotnet-dump");
  CHECK(annotations.value("privileged.dotdiag.io/result", "") == "mutated");
  CHECK(trail.faults() == std::vector<std::string>{});
}
