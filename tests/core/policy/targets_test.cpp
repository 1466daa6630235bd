#include "core/policy/targets.hpp"

#include "core/policy/evaluate.hpp"

#include <catch2/catch.hpp>

namespace dotdiag {
namespace {

Json pod(Json containers, Json annotations = nullptr, Json init = nullptr) {
  return Json{{"apiVersion", "v1"},
              {"kind", "Pod"},
              {"metadata", {{"annotations", std::move(annotations)}}},
              {"spec", {{"containers", std::move(containers)}, {"initContainers", std::move(init)}}}};
}

Json named(const char* name, const char* image = "registry.example.com/shop:1") {
  return {{"name", name}, {"image", image}};
}

/// The names of the chosen containers, and the warning or the reason why there are none.
struct Choice {
  std::vector<std::string> names;
  std::string warning;
  std::string invalid;
};

Choice choose(const Json& object, const std::vector<std::string>& wanted = {}) {
  const auto workload = as_workload(object);
  REQUIRE(workload);
  Choices choices;
  choices.containers = wanted;
  const Targets targets = choose_targets(PodView(object, *workload), choices);
  Choice choice{{}, targets.warning, targets.invalid};
  for (const Pointer& path : targets.containers)
    choice.names.push_back(value_at(object, path / "name")->get<std::string>());
  return choice;
}

}  // namespace

using Names = std::vector<std::string>;

TEST_CASE("the containers that were asked for are the targets") {
  const Json object = pod(Json::array({named("app"), named("worker"), named("envoy")}));
  CHECK(choose(object, {"worker", "envoy"}).names == Names{"worker", "envoy"});
  CHECK(choose(object, {"worker", "db"}).invalid == "the pod has no container `db`");
  CHECK(choose(object, {"worker", "db"}).names.empty());
}

TEST_CASE("without that, kubectl's default container is the target") {
  const Json containers = Json::array({named("app", "mcr.microsoft.com/dotnet/aspnet:10.0"), named("worker")});
  CHECK(choose(pod(containers, {{"kubectl.kubernetes.io/default-container", "worker"}})).names == Names{"worker"});
  CHECK(choose(pod(containers, {{"kubectl.kubernetes.io/default-container", "gone"}})).names == Names{"app"});
}

TEST_CASE("the only container is the target, whatever it looks like, and sidecars do not count") {
  CHECK(choose(pod(Json::array({named("db", "postgres:16")}))).names == Names{"db"});
  CHECK(choose(pod(Json::array({named("istio-proxy"), named("app")}))).names == Names{"app"});
  CHECK(choose(pod(Json::array({named("istio-proxy"), named("app")}))).warning == "");
}

TEST_CASE("of several containers those that look like .NET are the targets") {
  const Json by_image = named("a", "mcr.microsoft.com/dotnet/aspnet:10.0");
  Json by_variable = named("b");
  by_variable["env"] = Json::array({{{"name", "ASPNETCORE_URLS"}, {"value", "http://+:8080"}}});
  Json by_command = named("c");
  by_command["command"] = Json::array({"/usr/bin/dotnet", "Shop.dll"});
  CHECK(choose(pod(Json::array({named("x"), by_image, by_variable, by_command}))).names == Names{"a", "b", "c"});
}

TEST_CASE("where none looks like .NET the first is taken, with a warning") {
  const Choice choice = choose(pod(Json::array({named("app"), named("worker")})));
  CHECK(choice.names == Names{"app"});
  CHECK(choice.warning == "none of 2 containers looks like .NET; took the first, `app`");
}

TEST_CASE("a native sidecar is a target where it looks like .NET, and another when it is named") {
  Json sidecar = named("agent", "mcr.microsoft.com/dotnet/aspnet:10.0");
  sidecar["restartPolicy"] = "Always";
  Json proxy = named("ship-logs");
  proxy["restartPolicy"] = "Always";
  const Json init = Json::array({named("migrate", "mcr.microsoft.com/dotnet/aspnet:10.0"), sidecar, proxy});
  const Json object = pod(Json::array({named("app"), named("worker")}), nullptr, init);
  CHECK(choose(object).names == Names{"agent"});
  CHECK(choose(object, {"ship-logs"}).names == Names{"ship-logs"});
  const Json both = pod(Json::array({named("api", "mcr.microsoft.com/dotnet/aspnet:10.0")}), nullptr, init);
  CHECK(choose(both).names == Names{"api", "agent"});
}

TEST_CASE("a monitor is a sidecar whatever image it is in") {
  Json monitor = named("diagnostics", "registry.example.com/tools/collector:1");
  monitor["env"] = Json::array({{{"name", "DOTNETMONITOR_Urls"}, {"value", "http://localhost:52323"}}});
  CHECK(choose(pod(Json::array({monitor, named("app")}))).names == Names{"app"});
  const Json mirrored = named("diagnostics", "registry.example.com/mirror/dotnet-monitor:8");
  CHECK(choose(pod(Json::array({mirrored, named("app")}))).names == Names{"app"});
}

TEST_CASE("of several containers the one that an agent for .NET is injected into is the target") {
  const Json annotations = {{"instrumentation.opentelemetry.io/dotnet-container-names", "worker"}};
  CHECK(choose(pod(Json::array({named("app"), named("worker")}), annotations)).names == Names{"worker"});
}

TEST_CASE("a pod of thousands of containers is answered at once, and judged not at all") {
  Json containers = Json::array();
  for (int number = 0; number < 20000; ++number)
    containers.push_back(named("app", "mcr.microsoft.com/dotnet/aspnet:10.0"));
  Json object = pod(std::move(containers));
  const Evaluation evaluation =
      evaluate({PolicySet::builtin().find(default_policy_name)}, object, *as_workload(object), {});
  CHECK(evaluation.invalid == "20000 containers look like .NET, and at most 100 are judged");
  CHECK(evaluation.edits().empty());
}

}  // namespace dotdiag
