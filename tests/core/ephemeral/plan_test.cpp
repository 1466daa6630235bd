#include "core/ephemeral/plan.hpp"

#include "tests/core/ephemeral/prepared_pod.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {

TEST_CASE("the debugger of dotnet-dump is the published recipe's") {
  const DebuggerPlan plan = plan_for("dotnet-dump", prepared_pod("dotnet-dump"));
  REQUIRE(plan.ready());
  CHECK(plan.pod == "web-5969f6597f-9fl2l");
  CHECK(plan.name_space == "shop");
  const Json& container = plan.container;
  CHECK(container.at("name") == "dump-debugger");
  CHECK(container.at("image") == "mcr.microsoft.com/dotnet/sdk:10.0");
  CHECK(container.at("args") == Json::array({"sh"}));
  CHECK(container.at("stdin") == true);
  CHECK(container.at("tty") == true);
  CHECK(container.at("securityContext") == Json::parse(R"({"capabilities": {"add": ["SYS_PTRACE"]}})"));
  CHECK(container.at("volumeMounts") == Json::parse(R"([{"name": "cache-volume", "mountPath": "/tmp"}])"));
  CHECK(container.at("env") ==
        Json::parse(R"([{"name": "DOTNET_EnableDiagnostics", "value": "0"}, {"name": "TMPDIR", "value": "/tmp"}])"));
  CHECK(container.size() == 8);
}

TEST_CASE("the debugger of dotnet-monitor listens on localhost, at the socket that the target connects to") {
  const DebuggerPlan plan = plan_for("dotnet-monitor", prepared_pod("dotnet-monitor"));
  REQUIRE(plan.ready());
  CHECK(plan.container == Json::parse(R"({
    "name": "debugger",
    "image": "mcr.microsoft.com/dotnet/monitor:10.0",
    "args": ["collect", "--no-auth"],
    "env": [
      {"name": "DOTNETMONITOR_Urls", "value": "http://localhost:52323"},
      {"name": "DOTNETMONITOR_DiagnosticPort__ConnectionMode", "value": "Listen"},
      {"name": "DOTNETMONITOR_DiagnosticPort__EndpointName", "value": "/diag/dotnet-monitor.sock"},
      {"name": "DOTNETMONITOR_Storage__DefaultSharedPath", "value": "/diag"}
    ],
    "volumeMounts": [{"name": "diagvol", "mountPath": "/diag"}]
  })"));
}

TEST_CASE("in a shared process namespace the monitor looks for dotnet, because process 1 is not the application") {
  const DebuggerPlan plan =
      plan_for("dotnet-monitor", prepared_pod("dotnet-monitor", {{"shareProcessNamespace", true}}));
  CHECK(plan.container.at("env").back() ==
        Json({{"name", "DOTNETMONITOR_DefaultProcess__Filters__0__Value"}, {"value", "dotnet"}}));
}

TEST_CASE("the debugger runs as the target's user and group") {
  const Json pod = prepared_pod(
      "dotnet-dump", {{"securityContext", {{"runAsUser", 1654}, {"runAsGroup", 1654}, {"runAsNonRoot", true}}}});
  const Json context = plan_for("dotnet-dump", pod).container.at("securityContext");
  CHECK(context.at("runAsUser") == 1654);
  CHECK(context.at("runAsGroup") == 1654);
  CHECK(context.at("runAsNonRoot") == true);

  DebuggerChoices choices;
  choices.target_uid = 0;
  CHECK(plan_for("dotnet-dump", prepared_pod("dotnet-dump"), choices)
            .container.at("securityContext")
            .at("runAsNonRoot") == false);
}

TEST_CASE("where the user is unknown and root is forbidden the user is asked, not guessed") {
  const DebuggerPlan plan =
      plan_for("dotnet-dump", prepared_pod("dotnet-dump", {{"securityContext", {{"runAsNonRoot", true}}}}));
  CHECK_FALSE(plan.ready());
  CHECK_THAT(plan.refusal, Catch::Contains("--target-uid"));
}

TEST_CASE("the restricted debugger passes Pod Security restricted") {
  const Json pod = prepared_pod("dotnet-dump-restricted", {{"securityContext", {{"runAsUser", 1654}}}});
  CHECK(plan_for("dotnet-dump-restricted", pod).container.at("securityContext") == Json::parse(R"({
    "runAsUser": 1654, "runAsNonRoot": true, "allowPrivilegeEscalation": false,
    "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}})"));
}

TEST_CASE("a name that is taken gets a number: ephemeral containers can be neither changed nor removed") {
  Json pod = prepared_pod("dotnet-dump");
  pod["spec"]["ephemeralContainers"] = Json::parse(R"([{"name": "dump-debugger"}, {"name": "dump-debugger-2"}])");
  CHECK(plan_for("dotnet-dump", pod).container.at("name") == "dump-debugger-3");
}

TEST_CASE("the volume that backs TMPDIR is mounted, whatever its name and path") {
  const Json changes =
      Json::parse(R"({"containers": [{"name": "app", "env": [{"name": "TMPDIR", "value": "/scratch/net"}],
    "volumeMounts": [{"name": "work", "mountPath": "/scratch"}]}], "volumes": [{"name": "work", "emptyDir": {}}]})");
  const Json container = plan_for("dotnet-dump", prepared_pod("dotnet-dump", changes)).container;
  CHECK(container.at("volumeMounts") == Json::parse(R"([{"name": "work", "mountPath": "/scratch"}])"));
  CHECK(container.at("env").back() == Json({{"name", "TMPDIR"}, {"value", "/scratch/net"}}));
}

TEST_CASE("a pod that was not prepared is refused with what is missing") {
  const Json pod = Json::parse(R"({"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "app"}]}})");
  const DebuggerPlan plan = plan_for("dotnet-dump", pod);
  CHECK_FALSE(plan.ready());
  CHECK(plan.container.is_null());
  REQUIRE(plan.unmet.size() == 2);
  CHECK(plan.unmet[0].requirement == "share-process-namespace");
  CHECK(plan.unmet[1].requirement == "shared-tmp");
}

TEST_CASE("what is only recommended becomes a warning, and what forbids the tools does not") {
  Json pod = prepared_pod("dotnet-dump");
  pod["spec"]["containers"][0].erase("env");
  CHECK(plan_for("dotnet-dump", pod).ready());
  CHECK_THAT(plan_for("dotnet-dump", pod).warnings.front(), Catch::Contains("[recipe-variable]"));
  pod["spec"]["containers"][0]["env"] = Json::parse(R"([{"name": "DOTNET_EnableDiagnostics", "value": "0"}])");
  CHECK_FALSE(plan_for("dotnet-dump", pod).ready());
}

TEST_CASE("where no ephemeral container can work the reason is given") {
  Json ended = prepared_pod("dotnet-dump");
  ended["status"]["phase"] = "Succeeded";
  CHECK_THAT(plan_for("dotnet-dump", ended).refusal, Catch::Contains("has ended"));
  Json mirror = prepared_pod("dotnet-dump");
  mirror["metadata"]["annotations"]["kubernetes.io/config.mirror"] = "1";
  CHECK_THAT(plan_for("dotnet-dump", mirror).refusal, Catch::Contains("static pod"));
  const Json windows = prepared_pod("dotnet-dump", {{"os", {{"name", "windows"}}}});
  CHECK_THAT(plan_for("dotnet-dump", windows).refusal, Catch::Contains("Windows"));
  CHECK_THAT(plan_for("dotnet-dump", prepared_pod("dotnet-dump"), {"gone", "", {}}).refusal,
             Catch::Contains("no container `gone`"));
}

}  // namespace dotdiag::test
