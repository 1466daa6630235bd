// The pods that controllers make of prepared templates, also where Pod Security judges them.
#include "tests/e2e/cluster.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

Json pods_in(const std::string& name_space) {
  return plane().get({"pods", "--namespace", name_space}).at("items");
}

/// The same pod in another kind of workload.
Json as_kind(const std::string& kind) {
  Json object = deployment("web");
  object["kind"] = kind;
  if (kind == "Deployment" || kind == "StatefulSet") return object;
  object.at("spec").erase("replicas");
  if (kind == "DaemonSet") return object;
  object["apiVersion"] = "batch/v1";
  Json job = {{"template", object.at("spec").at("template")}};
  job["template"]["spec"]["restartPolicy"] = "Never";
  object["spec"] = job;
  if (kind == "CronJob") object["spec"] = {{"schedule", "0 3 1 1 *"}, {"jobTemplate", {{"spec", job}}}};
  return object;
}

/// What Pod Security's level restricted asks of a container.
Json restricted_deployment(const std::string& policy) {
  Json object = deployment("web");
  object["metadata"]["annotations"]["dotdiag.io/inject"] = policy;
  Json& pod = object["spec"]["template"]["spec"];
  pod["securityContext"] = {
      {"runAsNonRoot", true}, {"runAsUser", 1654}, {"seccompProfile", {{"type", "RuntimeDefault"}}}};
  pod["containers"][0]["securityContext"] = {{"allowPrivilegeEscalation", false},
                                             {"capabilities", {{"drop", Json::array({"ALL"})}}}};
  return object;
}

std::string marker_of(const Json& pod) {
  return pod.at("metadata").value("annotations", Json::object()).value("dotdiag.io/injected", "");
}

}  // namespace

TEST_CASE("pods of every kind of workload are prepared, and dotdiag-patch finds them ready", "[controllers]") {
  const AuditTrail trail;
  for (const std::string kind : {"Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"}) {
    CAPTURE(kind);
    const std::string name_space = plane().new_namespace();
    plane().apply(as_kind(kind), name_space);
    if (kind == "CronJob")
      plane().kubectl_out({"create", "job", "now", "--from=cronjob/web", "--namespace", name_space});
    REQUIRE(eventually([&] { return !pods_in(name_space).empty(); }));
    const Json pod = pods_in(name_space).at(0);
    CHECK(marker_of(pod) == "dotnet-dump");
    CHECK(pod.at("spec").value("shareProcessNamespace", false));
    CHECK(pod.at("spec").at("containers").at(0).value("env", Json::array()).size() == 3);
    const ProcessResult patch = run_process({build_path("patch/dotdiag-patch"), "-"}, {.input = pod.dump()});
    CHECK(patch.exit_code == 0);
    CAPTURE(patch.err);
  }
  CHECK(trail.faults() == std::vector<std::string>{});
}

TEST_CASE("a namespace that enforces Pod Security gets the restricted policy, and its pods are admitted",
          "[controllers]") {
  const AuditTrail trail;
  for (const char* level : {"baseline", "restricted"}) {
    CAPTURE(level);
    const std::string name_space = plane().new_namespace({"pod-security.kubernetes.io/enforce=" + std::string(level),
                                                          "pod-security.kubernetes.io/enforce-version=latest"});
    plane().apply(restricted_deployment("true"), name_space);
    CHECK(eventually([&] { return pods_in(name_space).size() == 2; }));
    for (const Json& pod : pods_in(name_space))
      CHECK(marker_of(pod) == "dotnet-dump-restricted");
  }
  CHECK(trail.faults() == std::vector<std::string>{});
}

TEST_CASE("where SYS_PTRACE is asked for by name, Pod Security keeps the pods away", "[controllers]") {
  const std::string name_space = plane().new_namespace({"pod-security.kubernetes.io/enforce=restricted"});
  plane().apply(restricted_deployment("dotnet-dump"), name_space);
  const auto refusal = [&] {
    const Json stored = plane().get({"deployment", "web", "--namespace", name_space});
    for (const Json& condition : stored.at("status").value("conditions", Json::array()))
      if (condition.at("type") == "ReplicaFailure") return condition.at("message").get<std::string>();
    return std::string();
  };
  CHECK(eventually([&] { return refusal().find("SYS_PTRACE") != std::string::npos; }));
  CHECK(pods_in(name_space).empty());
}

TEST_CASE("a namespace that is labelled to be left out is left out") {
  const std::string name_space = plane().new_namespace({"dotdiag.io/inject=false"});
  const AuditTrail trail;
  plane().apply(deployment("web"), name_space);
  const Json stored = plane().get({"deployment", "web", "--namespace", name_space});
  CHECK(!stored.at("metadata").at("annotations").contains("dotdiag.io/status"));
  for (const Json& event : trail.events())
    CHECK(event.value("annotations", Json()).dump().find("dotdiag.io") == std::string::npos);
}
