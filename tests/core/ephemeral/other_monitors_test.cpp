#include "core/ephemeral/other_monitors.hpp"

#include "tests/core/ephemeral/prepared_pod.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

const char* const monitor = R"({"name": "debugger", "image": "mcr.microsoft.com/dotnet/monitor:10.0",
  "env": [{"name": "DOTNETMONITOR_Storage__DefaultSharedPath", "value": "/diag"}],
  "volumeMounts": [{"name": "diagvol", "mountPath": "/diag"}]})";

/// A prepared pod with `container` added to `list`, in `state`.
Json pod_with(const std::string& list, const std::string& container, const std::string& state = "") {
  Json pod = prepared_pod("dotnet-monitor");
  const Json added = Json::parse(container);
  pod["spec"][list].push_back(added);
  if (state.empty()) return pod;
  const Json status = Json::object({{"name", added.at("name")}, {"state", Json::object({{state, Json::object()}})}});
  pod["status"]["ephemeralContainerStatuses"] = Json::array({status});
  return pod;
}

}  // namespace

TEST_CASE("a second monitor at the socket of one that runs is refused, with the way to that one") {
  const std::string state = GENERATE("running", "waiting", "");
  const DebuggerPlan plan = plan_for("dotnet-monitor", pod_with("ephemeralContainers", monitor, state));
  CHECK_THAT(plan.refusal, Catch::Contains("/diag/dotnet-monitor.sock already"));
  CHECK_THAT(plan.refusal, Catch::Contains("kubectl port-forward -n shop pod/web-5969f6597f-9fl2l 52323:52323"));
}

TEST_CASE("a sidecar that listens there is refused too") {
  CHECK_FALSE(plan_for("dotnet-monitor", pod_with("containers", monitor)).refusal.empty());
}

TEST_CASE("a monitor that has ended leaves its socket to the next") {
  const DebuggerPlan plan = plan_for("dotnet-monitor", pod_with("ephemeralContainers", monitor, "terminated"));
  REQUIRE(plan.ready());
  CHECK(plan.name() == "debugger-2");
}

TEST_CASE("a monitor elsewhere may hold the port, and no more") {
  Json other = Json::parse(monitor);
  SECTION("at another socket") {
    other["env"][0]["value"] = "/else";
  }
  SECTION("at the same path in another volume") {
    other["volumeMounts"][0]["name"] = "other";
  }
  SECTION("in a way that cannot be seen") {
    other.erase("env");
  }
  const DebuggerPlan plan = plan_for("dotnet-monitor", pod_with("ephemeralContainers", other.dump(), "running"));
  CHECK(plan.refusal == "");
  CHECK_THAT(all_warnings(plan), Catch::Contains("port 52323"));
}

TEST_CASE("a monitor is no matter to dotnet-dump") {
  Json pod = prepared_pod("dotnet-dump");
  pod["spec"]["ephemeralContainers"].push_back(Json::parse(monitor));
  CHECK(plan_for("dotnet-dump", pod).ready());
}

}  // namespace dotdiag::test
