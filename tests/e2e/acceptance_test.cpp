// "It never blocks a deployment", asked of the API server about many objects: whatever it takes as it is, it takes
// prepared, and it takes a debugger's patch for it.
#include "tests/e2e/cluster.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/object_examples.hpp"
#include "tests/support/opted_in_workload.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

/// The object with what the API server wants to see as well: examples show only what they are about.
Json completed(Json object, const std::string& name) {
  const auto kind = object.at("kind").get<std::string>();
  const bool has_selector =
      kind == "Deployment" || kind == "StatefulSet" || kind == "DaemonSet" || kind == "ReplicaSet";
  object["metadata"]["name"] = name;
  for (const char* member : {"namespace", "uid", "resourceVersion", "ownerReferences", "creationTimestamp"})
    object["metadata"].erase(member);
  if (has_selector) {
    object["spec"]["selector"]["matchLabels"] = {{"app", "example"}};
    object["spec"]["template"]["metadata"]["labels"] = {{"app", "example"}};
  }
  if (kind == "CronJob") object["spec"]["schedule"] = "0 3 * * *";
  if (kind == "CronJob") object["spec"]["jobTemplate"]["spec"]["template"]["spec"]["restartPolicy"] = "Never";
  if (kind == "Job") object["spec"]["template"]["spec"]["restartPolicy"] = "Never";
  return object;
}

/// Objects in two namespaces, of which one is left out by the webhook's configuration.
struct Comparison {
  std::size_t accepted = 0;            ///< by the API server alone
  std::vector<std::string> lost = {};  ///< of these, what it refuses once the webhook was asked
};

Comparison compare(const std::vector<Json>& objects) {
  const std::vector<std::string> alone =
      refusals(plane().api(), objects, plane().new_namespace({"dotdiag.io/inject=false"}));
  const std::vector<std::string> prepared = refusals(plane().api(), objects, plane().new_namespace());
  Comparison result;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (!alone[i].empty()) continue;
    ++result.accepted;
    if (!prepared[i].empty()) result.lost.push_back(prepared[i] + "\n" + objects[i].dump(2));
  }
  return result;
}

std::vector<Json> random_workloads(std::uint64_t count) {
  std::vector<Json> objects;
  for (std::uint64_t seed = 1; seed <= count; ++seed) {
    const Json object = opted_in_workload(seed);
    if (is_known(object)) objects.push_back(completed(object, "random-" + std::to_string(seed)));
  }
  return objects;
}

}  // namespace

TEST_CASE("every example of a mutation that the API server takes alone it takes prepared") {
  std::vector<Json> objects;
  for (const auto& folder : folders_in("mutations")) {
    const Json object = read_yaml(folder / "before.yaml");
    if (is_known(object)) objects.push_back(completed(object, folder.filename()));
  }
  const AuditTrail trail;
  const Comparison result = compare(objects);
  CHECK(result.lost == std::vector<std::string>{});
  CHECK(result.accepted > 70);
  CHECK(trail.faults() == std::vector<std::string>{});
}

TEST_CASE("every random workload that the API server takes alone it takes prepared") {
  const AuditTrail trail;
  const Comparison result = compare(random_workloads(400));
  CHECK(result.lost == std::vector<std::string>{});
  CHECK(result.accepted > 100);
  CHECK(trail.faults() == std::vector<std::string>{});
}

TEST_CASE("the patch for a pod of a random prepared workload is taken") {
  const AuditTrail trail;
  const std::string name_space = plane().new_namespace();
  std::vector<Json> pods;
  for (const Json& workload : stored(plane().api(), random_workloads(250), name_space))
    if (!workload.is_null() && workload.at("kind") != "Pod") pods.push_back(pod_of(workload));
  std::vector<Json> ready;
  std::vector<std::string> patches;
  for (const Json& pod : stored(plane().api(), pods, plane().new_namespace({"dotdiag.io/inject=false"}))) {
    const ProcessResult patch = run_process({build_path("patch/dotdiag-patch"), "-"}, {.input = pod.dump()});
    if (pod.is_null() || patch.exit_code != 0) continue;  // what stands in its way is said elsewhere
    ready.push_back(pod);
    patches.push_back(patch.out);
  }
  CHECK(ready.size() > 30);
  CHECK(patch_refusals(plane().api(), ready, patches) == std::vector<std::string>(ready.size()));
  CHECK(trail.faults() == std::vector<std::string>{});
}
