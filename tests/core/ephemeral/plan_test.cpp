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
        Json::parse(R"([{"name": "DOTNET_EnableDiagnostics", "value": "0"}, {"name": "TMPDIR", "value": "/tmp"},
                        {"name": "DOTNET_CLI_HOME", "value": "/tmp/.dotdiag"}])"));
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
      {"name": "DOTNET_EnableDiagnostics", "value": "0"},
      {"name": "DOTNETMONITOR_Urls", "value": "http://localhost:52323"},
      {"name": "DOTNETMONITOR_DiagnosticPort__ConnectionMode", "value": "Listen"},
      {"name": "DOTNETMONITOR_DiagnosticPort__EndpointName", "value": "/diag/dotnet-monitor.sock"},
      {"name": "DOTNETMONITOR_Storage__DefaultSharedPath", "value": "/diag"}
    ],
    "volumeMounts": [{"name": "diagvol", "mountPath": "/diag"}]
  })"));
}

TEST_CASE("where the application is not process 1 the monitor looks for it by name") {
  struct Example {
    const char* container;
    const char* name;
  };
  const auto example = GENERATE(values<Example>({
      {R"({"name": "app"})", ""},  // the image may start `dotnet` or a program of its own
      {R"({"name": "app", "command": ["/usr/bin/dotnet", "Web.dll"]})", "dotnet"},
      {R"({"name": "app", "command": ["/app/Shop.Web"]})", "Shop.Web"},
      {R"({"name": "app", "command": ["/bin/sh", "-c", "exec ./run"]})", ""},
      {R"({"name": "app", "command": [7]})", ""},
  }));
  CAPTURE(example.container);
  for (const char* share : {"shareProcessNamespace", "hostPID"}) {
    const Json changes = Json::object({{share, true}, {"containers", Json::array({Json::parse(example.container)})}});
    const Json container = plan_for("dotnet-monitor", prepared_pod("dotnet-monitor", changes)).container;
    const std::string key = std::string_view(example.name).empty() ? "" : "ProcessName";
    CHECK(env_value(container, "DOTNETMONITOR_DefaultProcess__Filters__0__Key").value == key);
    CHECK(env_value(container, "DOTNETMONITOR_DefaultProcess__Filters__0__Value").value == example.name);
  }
  const Json alone = plan_for("dotnet-monitor", prepared_pod("dotnet-monitor")).container;
  CHECK(env_value(alone, "DOTNETMONITOR_DefaultProcess__Filters__0__Key").is_absent());
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
  CHECK(env_value(container, "TMPDIR").value == "/scratch/net");
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
  CHECK_THAT(all_warnings(plan_for("dotnet-dump", pod)), Catch::Contains("[diagnostics-enabled]"));
  CHECK_THAT(all_warnings(plan_for("dotnet-dump", pod)), !Catch::Contains("[recipe-variable]"));
  pod["spec"]["containers"][0]["env"] = Json::parse(R"([{"name": "DOTNET_EnableDiagnostics", "value": "0"}])");
  CHECK_FALSE(plan_for("dotnet-dump", pod).ready());
}

TEST_CASE("the debugger's image follows the target's C library") {
  const auto image_for = [](const std::string& target, const std::string& wanted = "") {
    Json pod = prepared_pod("dotnet-dump");
    pod["spec"]["containers"][0]["image"] = target;
    DebuggerChoices choices;
    choices.image = wanted;
    return plan_for("dotnet-dump", pod, choices).container.at("image").get<std::string>();
  };
  CHECK(image_for("acme/web:1.4-alpine") == "mcr.microsoft.com/dotnet/sdk:10.0-alpine");
  CHECK(image_for("mcr.microsoft.com/dotnet/aspnet:8.0") == "mcr.microsoft.com/dotnet/sdk:10.0");
  CHECK(image_for("acme/web:1.4-alpine", "acme/tools:2") == "acme/tools:2");
}

TEST_CASE("a value with a dollar sign reaches the debugger as it is") {
  const Json changes = Json::parse(R"({"containers": [{"name": "app", "env": [{"name": "TMPDIR", "value": "/a/$$(B)x"}],
    "volumeMounts": [{"name": "work", "mountPath": "/a"}]
}], "volumes": [{"name": "work", "emptyDir": {}}]
})");
  const Json container = plan_for("dotnet-dump", prepared_pod("dotnet-dump", changes)).container;
  CHECK(env_value(container, "TMPDIR").value == "/a/$(B)x");
}

TEST_CASE("whoever comes second hears of the debugger that is there") {
  Json pod = prepared_pod("dotnet-dump");
  pod["spec"]["ephemeralContainers"] = Json::parse(R"([{"name": "dump-debugger"}])");
  pod["status"]["ephemeralContainerStatuses"] = Json::parse(R"([{"name": "dump-debugger", "state": {"running": {}}}])");
  CHECK_THAT(all_warnings(plan_for("dotnet-dump", pod)), Catch::Contains("`dump-debugger` runs in this pod already"));
}

TEST_CASE("a target that is not running is said") {
  Json pod = prepared_pod("dotnet-dump");
  pod["status"]["containerStatuses"] =
      Json::parse(R"([{"name": "app", "state": {"waiting": {"reason": "CrashLoopBackOff"}}}])");
  CHECK_THAT(all_warnings(plan_for("dotnet-dump", pod)), Catch::Contains("not running (CrashLoopBackOff)"));
}

TEST_CASE("names that no API server takes are refused: they would end up in commands") {
  Json pod = prepared_pod("dotnet-dump");
  SECTION("the pod's") {
    pod["metadata"]["name"] = "web; rm -rf /";
  }
  SECTION("the namespace's") {
    pod["metadata"]["namespace"] = "shop\n";
  }
  SECTION("the container's") {
    pod["spec"]["containers"][0]["name"] = "$(id)";
  }
  SECTION("no name") {
    pod["spec"]["containers"][0].erase("name");
  }
  SECTION("the volume's") {
    pod["spec"]["volumes"][0]["name"] = "a b";
    pod["spec"]["containers"][0]["volumeMounts"][0]["name"] = "a b";
  }
  CHECK_FALSE(plan_for("dotnet-dump", pod).refusal.empty());
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
  Json leaving = prepared_pod("dotnet-dump");
  leaving["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z";
  CHECK_THAT(plan_for("dotnet-dump", leaving).refusal, Catch::Contains("being deleted"));
  DebuggerChoices choices;
  choices.container = "gone";
  CHECK_THAT(plan_for("dotnet-dump", prepared_pod("dotnet-dump"), choices).refusal,
             Catch::Contains("no container `gone`"));
}

}  // namespace dotdiag::test
