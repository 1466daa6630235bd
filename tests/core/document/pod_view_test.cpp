#include "core/document/pod_view.hpp"

#include "core/document/config_maps.hpp"

#include <catch2/catch.hpp>

namespace dotdiag {
namespace {

Json with_env(const char* env) {
  return Json{{"name", "app"}, {"env", Json::parse(env)}};
}

}  // namespace

TEST_CASE("a variable's effective value is what the process gets") {
  using Kind = EnvValue::Kind;
  struct Row {
    const char* env;
    Kind kind;
    const char* value;
  };
  const Row row = GENERATE(values<Row>({
      {R"json([])json", Kind::absent, ""},
      {R"json([{"name": "OTHER", "value": "1"}])json", Kind::absent, ""},
      {R"json([{"name": "X", "value": "1"}])json", Kind::literal, "1"},
      {R"json([{"name": "X"}])json", Kind::literal, ""},
      {R"json([{"name": "X", "value": null}])json", Kind::literal, ""},
      {R"json([{"name": "X", "value": "1"}, {"name": "X", "value": "2"}])json", Kind::literal, "2"},
      {R"json([{"name": "X", "valueFrom": {"fieldRef": {}}}])json", Kind::unknown, ""},
      {R"json([{"name": "X", "value": 1}])json", Kind::unknown, ""},
      {R"json([{"name": "A", "value": "/a"}, {"name": "X", "value": "$(A)/b"}])json", Kind::literal, "/a/b"},
      {R"json([{"name": "A", "value": "1"}, {"name": "B", "value": "$(A)2"}, {"name": "X", "value": "$(B)3"}])json",
       Kind::literal, "123"},
      {R"json([{"name": "X", "value": "$(A)"}, {"name": "A", "value": "later"}])json", Kind::literal, "$(A)"},
      {R"json([{"name": "X", "value": "$$(A)"}])json", Kind::literal, "$(A)"},
      {R"json([{"name": "X", "value": "$(A"}])json", Kind::literal, "$(A"},
      {R"json([{"name": "X", "value": "5$"}])json", Kind::literal, "5$"},
      {R"json([{"name": "X", "value": "$A"}])json", Kind::literal, "$A"},
      {R"json([{"name": "A", "valueFrom": {}}, {"name": "X", "value": "$(A)"}])json", Kind::unknown, ""},
      {R"json([{"name": "X", "value": "$(DB_SERVICE_HOST)"}])json", Kind::unknown, ""},
  }));
  INFO(row.env);
  const EnvValue value = env_value(with_env(row.env), "X");
  CHECK(value.kind == row.kind);
  CHECK(value.value == row.value);
}

TEST_CASE("a reference that envFrom may define is unknown") {
  Json container = with_env(R"json([{"name": "X", "value": "$(A)"}])json");
  container["envFrom"] = Json::parse(R"json([{"prefix": "B_", "configMapRef": {"name": "web"}}])json");
  CHECK(env_value(container, "X").kind == EnvValue::Kind::literal);
  container["envFrom"] = Json::parse(R"json([{"configMapRef": {"name": "web"}}])json");
  CHECK(env_value(container, "X").kind == EnvValue::Kind::unknown);
}

TEST_CASE("references that double again and again are given up, not expanded") {
  Json env = Json::array({{{"name", "V0"}, {"value", "xxxxxxxx"}}});
  for (int step = 1; step < 60; ++step) {
    const std::string before = "$(V" + std::to_string(step - 1) + ")";
    env.push_back({{"name", "V" + std::to_string(step)}, {"value", before + before}});
  }
  CHECK(env_value(Json{{"env", env}}, "V59").kind == EnvValue::Kind::unknown);
}

TEST_CASE("a path is compared in its normal form") {
  const auto [written, normal] = GENERATE(table<const char*, const char*>({
      {"/tmp", "/tmp"},
      {"/tmp/", "/tmp"},
      {"//tmp//.", "/tmp"},
      {"/tmp/../var/./tmp", "/var/tmp"},
      {"/../tmp", "/tmp"},
      {"/", "/"},
      {"", ""},
      {"tmp/x/..", "tmp"},
      {"../x", "../x"},
  }));
  INFO(written);
  CHECK(normal_path(written) == normal);
}

TEST_CASE("the mount with the longest path at or above a path serves it") {
  const Json document = Json::parse(R"({"apiVersion": "v1", "kind": "Pod", "spec": {
    "containers": [{"name": "app", "volumeMounts": [
      {"name": "var", "mountPath": "/var"}, {"name": "tmp", "mountPath": "/var/tmp/"}, {"name": "t", "mountPath": "/var/t"}]}],
    "volumes": [{"name": "tmp", "emptyDir": {}}]}})");
  const auto workload = as_workload(document);
  const PodView pod(document, *workload);
  const Json& container = *pod.containers().front().json;

  const auto mount = mount_at(pod, container, "/var/tmp/net");
  REQUIRE(mount);
  CHECK(mount->path == "/var/tmp");
  CHECK(mount->index == 1);
  REQUIRE(mount->volume != nullptr);
  CHECK(text_member(*mount->volume, "name") == "tmp");
  CHECK(mount_at(pod, container, "/var/lib")->path == "/var");
  CHECK(mount_at(pod, container, "/var/lib")->volume == nullptr);
  CHECK_FALSE(mount_at(pod, container, "/variety"));
}

TEST_CASE("a container's security context wins over the pod's, field by field") {
  const Json document = Json::parse(R"({"apiVersion": "v1", "kind": "Pod", "spec": {
    "securityContext": {"runAsUser": 1000, "runAsGroup": 2000},
    "containers": [{"name": "app", "securityContext": {"runAsUser": 1654}}, {"name": "odd", "securityContext": {"runAsUser": "1"}}]}})");
  const auto workload = as_workload(document);
  const PodView pod(document, *workload);
  CHECK(run_as_user(pod, *pod.containers()[0].json) == 1654);
  CHECK(run_as_group(pod, *pod.containers()[0].json) == 2000);
  CHECK_FALSE(run_as_user(pod, *pod.containers()[1].json));
}

TEST_CASE("a variable from a ConfigMap has the value that is known from there") {
  ConfigMaps known;
  known.add(Json::parse(
      R"({"metadata": {"namespace": "shop", "name": "runtime"}, "data": {"tmp": "/work", "A_TMPDIR": "/var/tmp"}})"));
  const Json document =
      Json::parse(R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"namespace": "shop"}, "spec": {"containers": [{
    "name": "app",
    "env": [{"name": "TMPDIR", "valueFrom": {"configMapKeyRef": {"name": "runtime", "key": "tmp"}}},
            {"name": "OTHER", "valueFrom": {"configMapKeyRef": {"name": "runtime", "key": "gone"}}}],
    "envFrom": [{"configMapRef": {"name": "elsewhere"}}, {"prefix": "MY_", "configMapRef": {"name": "runtime"}}]}]}})");
  Workload workload = *as_workload(document);
  const Json& container = document.at("spec").at("containers").at(0);
  CHECK(env_value(PodView(document, workload), container, "TMPDIR").why_unknown == "valueFrom");

  workload.config_maps = &known;
  const PodView pod(document, workload);
  const EnvValue value = env_value(pod, container, "TMPDIR");
  CHECK(value.is("/work"));
  CHECK(value.index == 0);
  CHECK(value.config_map == "runtime");
  CHECK(env_value(pod, container, "OTHER").kind == EnvValue::Kind::unknown);
  CHECK(env_value(pod, container, "MY_A_TMPDIR").is_absent());
  CHECK(env_from_value(pod, container, "MY_A_TMPDIR").is("/var/tmp"));
  CHECK(env_from_value(pod, container, "MY_A_TMPDIR").source == 1);
  CHECK(env_from_value(pod, container, "A_TMPDIR").is_absent());
}

}  // namespace dotdiag
