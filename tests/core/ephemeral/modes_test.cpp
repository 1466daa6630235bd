// What each mode needs of a pod, and what the debugger is like then.
#include "core/ephemeral/plan.hpp"
#include "tests/core/ephemeral/prepared_pod.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

/// A pod that nobody prepared; `container` and `spec` are merged into it.
Json bare_pod(const std::string& container = "{}", const std::string& spec = "{}") {
  Json pod = Json::parse(R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web-0", "namespace": "shop"},
                             "spec": {"containers": [{"name": "app", "image": "acme/web:1"}]}})");
  pod["spec"].update(Json::parse(spec));
  pod["spec"]["containers"][0].update(Json::parse(container));
  return pod;
}

const char* const tmp_volume = R"("volumes": [{"name": "scratch", "emptyDir": {}}])";
const char* const tmp_mount = R"("volumeMounts": [{"name": "scratch", "mountPath": "/tmp"}])";

Json pod_with_tmp(const std::string& more_spec = "") {
  return bare_pod("{" + std::string(tmp_mount) + "}", "{" + std::string(tmp_volume) + more_spec + "}");
}

std::string env_of(const DebuggerPlan& plan, const std::string& name) {
  return env_value(plan.container, name).value;
}

}  // namespace

TEST_CASE("with a shared directory and no shared processes the debugger joins the target's") {
  const DebuggerPlan plan = plan_for("dotnet-dump", pod_with_tmp());
  REQUIRE(plan.ready());
  CHECK(plan.container.at("targetContainerName") == "app");
  CHECK_THAT(all_warnings(plan), Catch::Contains("joins that of `app`"));
}

TEST_CASE("where the pod's processes see each other no target is named") {
  for (const char* share : {R"(, "shareProcessNamespace": true)", R"(, "hostPID": true)"}) {
    const DebuggerPlan plan = plan_for("dotnet-dump", pod_with_tmp(share));
    REQUIRE(plan.ready());
    CHECK_FALSE(plan.container.contains("targetContainerName"));
  }
}

TEST_CASE("mode port needs the directory and nothing of processes") {
  const DebuggerPlan plan = plan_for("dotnet-dump", pod_with_tmp(), in_mode(DebugMode::port));
  REQUIRE(plan.ready());
  CHECK_FALSE(plan.container.contains("targetContainerName"));
  CHECK(plan.container.at("volumeMounts") == Json::parse(R"([{"name": "scratch", "mountPath": "/tmp"}])"));
  CHECK(plan.sockets == "/tmp");
  CHECK_FALSE(plan_for("dotnet-dump", bare_pod(), in_mode(DebugMode::port)).ready());
}

TEST_CASE("mode procroot needs no volume, and sees the target's files through its process") {
  const DebuggerPlan plan = plan_for("dotnet-dump", bare_pod(), in_mode(DebugMode::procroot));
  REQUIRE(plan.ready());
  CHECK(plan.container.at("targetContainerName") == "app");
  CHECK_FALSE(plan.container.contains("volumeMounts"));
  CHECK(env_of(plan, "TMPDIR") == "/proc/1/root/tmp");
  CHECK(plan.sockets == "/proc/*/root/tmp");  // process 1 may be an init or a shell
  CHECK(plan.directory == "/tmp");
}

TEST_CASE("mode procroot does not know the process where all are seen, and leaves TMPDIR its own") {
  const DebuggerPlan plan =
      plan_for("dotnet-dump", bare_pod("{}", R"({"shareProcessNamespace": true})"), in_mode(DebugMode::procroot));
  REQUIRE(plan.ready());
  CHECK(plan.sockets == "/proc/*/root/tmp");
  CHECK(env_of(plan, "TMPDIR") == "/tmp");
}

TEST_CASE("mode procroot leaves TMPDIR its own where the pod starts a shell") {
  const DebuggerPlan plan =
      plan_for("dotnet-dump", bare_pod(R"({"command": ["/bin/sh", "-c", "dotnet app.dll; true"]})"),
               in_mode(DebugMode::procroot));
  CHECK(env_of(plan, "TMPDIR") == "/tmp");
}

TEST_CASE("mode procroot follows the target's TMPDIR, and says that new tools do not") {
  const DebuggerPlan plan = plan_for("dotnet-dump", bare_pod(R"({"env": [{"name": "TMPDIR", "value": "/var/tmp"}]})"),
                                     in_mode(DebugMode::procroot));
  REQUIRE(plan.ready());
  CHECK(env_of(plan, "TMPDIR") == "/proc/1/root/var/tmp");
  CHECK_THAT(all_warnings(plan), Catch::Contains("--diagnostic-port"));
}

TEST_CASE("mode procroot is refused where the runtime could not make its socket") {
  const DebuggerPlan read_only =
      plan_for("dotnet-dump", bare_pod(R"({"securityContext": {"readOnlyRootFilesystem": true}})"),
               in_mode(DebugMode::procroot));
  CHECK_THAT(read_only.refusal, Catch::Contains("read-only root file system"));
  const DebuggerPlan off =
      plan_for("dotnet-dump", bare_pod(R"({"env": [{"name": "DOTNET_EnableDiagnostics", "value": "0"}]})"),
               in_mode(DebugMode::procroot));
  REQUIRE(off.unmet.size() == 1);
  CHECK(off.unmet[0].requirement == "diagnostics-enabled");
}

TEST_CASE("a pod that is refused is offered mode procroot where that works") {
  CHECK_THAT(plan_for("dotnet-dump", bare_pod()).offer, Catch::Contains("--mode procroot"));
  CHECK_THAT(plan_for("dotnet-dump", bare_pod()).offer, Catch::Contains("root with SYS_PTRACE"));
  const Json owned = bare_pod(R"({"securityContext": {"runAsUser": 1654, "runAsGroup": 1654}})");
  CHECK_THAT(plan_for("dotnet-dump", owned).offer, Catch::Contains("the target's user and group"));
  CHECK_THAT(plan_for("dotnet-dump-restricted", bare_pod()).offer, Catch::Contains("--target-gid"));
  CHECK(plan_for("dotnet-dump", bare_pod(R"({"env": [{"name": "DOTNET_EnableDiagnostics", "value": "0"}]})")).offer ==
        "");
  CHECK(plan_for("dotnet-monitor", bare_pod()).offer == "");
}

TEST_CASE("a volume that the policy would not choose still serves a live pod, with a warning") {
  const Json claim = bare_pod("{" + std::string(tmp_mount) + "}",
                              R"({"volumes": [{"name": "scratch", "persistentVolumeClaim": {"claimName": "c"}}]})");
  const DebuggerPlan plan = plan_for("dotnet-dump", claim);
  REQUIRE(plan.ready());
  CHECK(plan.container.at("volumeMounts") == Json::parse(R"([{"name": "scratch", "mountPath": "/tmp"}])"));
  CHECK_THAT(all_warnings(plan), Catch::Contains("take the newest"));
}

TEST_CASE("a volume that an ephemeral container cannot mount or write to serves nobody") {
  const char* const mount = GENERATE(R"({"name": "scratch", "mountPath": "/tmp", "subPath": "a"})",
                                     R"({"name": "scratch", "mountPath": "/tmp", "subPathExpr": "x$(A)y"})",
                                     R"({"name": "scratch", "mountPath": "/tmp", "readOnly": true})",
                                     R"({"name": "gone", "mountPath": "/tmp"})");
  const char* const source = GENERATE(R"("emptyDir": {})", R"("persistentVolumeClaim": {"claimName": "c"})");
  CAPTURE(mount, source);
  const DebuggerPlan plan =
      plan_for("dotnet-dump", bare_pod(R"({"volumeMounts": [)" + std::string(mount) + "]}",
                                       R"({"volumes": [{"name": "scratch", )" + std::string(source) + "}]}"));
  CHECK_FALSE(plan.ready());
}

TEST_CASE("a shared directory in which no socket is refused: TMPDIR must lead there") {
  const Json pod = bare_pod(R"({"volumeMounts": [{"name": "settings", "mountPath": "/tmp"},
                                                  {"name": "scratch", "mountPath": "/dotdiag"}]})",
                            R"({"volumes": [{"name": "settings", "configMap": {"name": "c"}},
                                            {"name": "scratch", "emptyDir": {}}]})");
  CHECK_THAT(plan_for("dotnet-dump", pod).refusal, Catch::Contains("TMPDIR=/dotdiag"));
}

TEST_CASE("an application that waits for its monitor gets it") {
  const Json pod = bare_pod(R"({"env": [{"name": "DOTNET_DiagnosticPorts", "value": "/diag/dotnet-monitor.sock"}],
                                "volumeMounts": [{"name": "diagvol", "mountPath": "/diag"}]})",
                            R"({"volumes": [{"name": "diagvol", "emptyDir": {}}]})");
  const DebuggerPlan plan = plan_for("dotnet-monitor", pod);
  REQUIRE(plan.ready());
  CHECK_THAT(all_warnings(plan), Catch::Contains("waits for a monitor"));
}

TEST_CASE("what other containers lack is none of the debugger's business") {
  Json pod = prepared_pod("dotnet-dump");
  pod["spec"]["containers"].push_back(
      Json::parse(R"({"name": "other", "image": "mcr.microsoft.com/dotnet/aspnet:8.0"})"));
  CHECK(plan_for("dotnet-dump", pod).ready());
  CHECK(plan_for("dotnet-dump", pod).target == "app");
  DebuggerChoices choices;
  choices.container = "other";
  CHECK_FALSE(plan_for("dotnet-dump", pod, choices).ready());
}

TEST_CASE("the webhook's list of containers is followed as far as the pod has them") {
  Json pod = prepared_pod("dotnet-dump");
  pod["spec"]["containers"].insert(pod["spec"]["containers"].begin(), Json::parse(R"({"name": "first"})"));
  pod["metadata"]["annotations"]["dotdiag.io/containers"] = "gone, app";
  CHECK(plan_for("dotnet-dump", pod).target == "app");
}

}  // namespace dotdiag::test
