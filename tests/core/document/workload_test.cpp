#include "core/document/workload.hpp"

#include <catch2/catch.hpp>

namespace dotdiag {

TEST_CASE("each kind that has a pod template is found, by group and kind and whatever its version") {
  const auto [api_version, kind, pod_spec] = GENERATE(table<const char*, const char*, const char*>({
      {"v1", "Pod", "/spec"},
      {"v1", "PodTemplate", "/template/spec"},
      {"v1", "ReplicationController", "/spec/template/spec"},
      {"apps/v1", "Deployment", "/spec/template/spec"},
      {"apps/v1beta2", "Deployment", "/spec/template/spec"},
      {"extensions/v1beta1", "Deployment", "/spec/template/spec"},
      {"apps/v1", "StatefulSet", "/spec/template/spec"},
      {"apps/v1", "DaemonSet", "/spec/template/spec"},
      {"apps/v1", "ReplicaSet", "/spec/template/spec"},
      {"batch/v1", "Job", "/spec/template/spec"},
      {"batch/v1", "CronJob", "/spec/jobTemplate/spec/template/spec"},
      {"argoproj.io/v1alpha1", "Rollout", "/spec/template/spec"},
      {"serving.knative.dev/v1", "Service", "/spec/template/spec"},
      {"serving.knative.dev/v1", "Configuration", "/spec/template/spec"},
      {"serving.knative.dev/v1", "Revision", "/spec"},
      {"apps.openshift.io/v1", "DeploymentConfig", "/spec/template/spec"},
      {"apps.kruise.io/v1alpha1", "CloneSet", "/spec/template/spec"},
      {"keda.sh/v1alpha1", "ScaledJob", "/spec/jobTargetRef/template/spec"},
  }));
  INFO(api_version << " " << kind);
  const auto workload = as_workload(Json{{"apiVersion", api_version}, {"kind", kind}, {"metadata", {{"name", "web"}}}});
  REQUIRE(workload);
  CHECK(workload->pod_spec.text() == pod_spec);
  CHECK(workload->pod_metadata == workload->pod_spec.parent() / "metadata");
  CHECK(workload->name == "web");
}

TEST_CASE("what has no pod template is no workload") {
  const auto [api_version, kind] = GENERATE(table<const char*, const char*>({
      {"v1", "Service"},
      {"v1", "ConfigMap"},
      {"example.com/v1", "Deployment"},
      {"v1", "Deployment"},
      {"apps/v1", "deployment"},
      {"", ""},
  }));
  INFO(api_version << " " << kind);
  CHECK_FALSE(as_workload(Json{{"apiVersion", api_version}, {"kind", kind}}));
}

TEST_CASE("an object belongs to its controller, and not to other owners") {
  const auto is_owned = [](const char* owners) {
    return as_workload(
               Json{{"apiVersion", "v1"}, {"kind", "Pod"}, {"metadata", {{"ownerReferences", Json::parse(owners)}}}})
        ->is_owned;
  };
  CHECK(is_owned(R"([{"kind": "A"}, {"kind": "ReplicaSet", "controller": true}])"));
  for (const char* owners : {"null", "[]", "[{}, null, 7]", R"([{"kind": "A", "controller": false}])"})
    CHECK_FALSE(is_owned(owners));
}

TEST_CASE("what is no workload is found beside the workloads, also in lists") {
  const Json document = Json::parse(R"({"apiVersion": "v1", "kind": "List", "items": [
    {"apiVersion": "v1", "kind": "Pod"}, {"apiVersion": "v1", "kind": "Service"},
    {"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow"}]}]})");
  const auto others = find_objects(document).others;
  REQUIRE(others.size() == 2);
  CHECK(text_member(*others[0], "kind") == "Service");
  CHECK(text_member(*others[1], "kind") == "Workflow");
}

TEST_CASE("a Rollout that refers to a Deployment has no template of its own") {
  Json rollout = {
      {"apiVersion", "argoproj.io/v1alpha1"}, {"kind", "Rollout"}, {"spec", {{"workloadRef", {{"name", "web"}}}}}};
  CHECK_FALSE(as_workload(rollout));
  rollout["spec"]["template"] = Json::object();
  CHECK(as_workload(rollout));
}

TEST_CASE("lists, typed lists and lists of lists are searched in order") {
  const Json document = Json::parse(R"({
    "apiVersion": "v1", "kind": "List", "items": [
      {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a", "namespace": "shop"}},
      {"apiVersion": "v1", "kind": "Service"},
      {"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"generateName": "b-"}}, null, "text"]},
      {"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [{"kind": "Deployment", "metadata": {"name": "c"}}]}
    ]})");
  const auto found = find_workloads(document);
  REQUIRE(found.size() == 3);
  CHECK(found[0].object.text() == "/items/0");
  CHECK(found[0].name_space == "shop");
  CHECK(found[1].object.text() == "/items/2/items/0");
  CHECK(found[1].kind == "Pod");
  CHECK(found[1].name == "b-");
  CHECK(found[2].pod_spec.text() == "/items/3/items/0/spec/template/spec");
}

TEST_CASE("a document of any shape is searched without harm") {
  for (const char* text :
       {"null", "7", "\"Pod\"", "[]", "{}", R"({"kind": 7})", R"({"kind": "List", "items": {}})", R"({"kind": "List"})",
        R"({"apiVersion": "v1", "kind": "Pod", "metadata": "x", "spec": []})"}) {
    INFO(text);
    CHECK_NOTHROW(find_workloads(Json::parse(text)));
  }
}

}  // namespace dotdiag
