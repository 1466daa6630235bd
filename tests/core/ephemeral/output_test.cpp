#include "core/ephemeral/output.hpp"

#include "core/edit/json_patch.hpp"
#include "tests/core/ephemeral/prepared_pod.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

/// A pod that has two ephemeral containers already.
Json pod_with_two() {
  Json pod = prepared_pod("dotnet-dump");
  pod["metadata"]["uid"] = "5f1c";
  pod["metadata"]["resourceVersion"] = "4711";
  pod["spec"]["ephemeralContainers"] = Json::parse(R"([{"name": "one", "image": "a"}, {"name": "two", "image": "b"}])");
  return pod;
}

std::vector<std::string> names_of(const Json& pod) {
  std::vector<std::string> names;
  for (const Json& container : pod.at("spec").at("ephemeralContainers"))
    names.push_back(container.at("name"));
  return names;
}

}  // namespace

TEST_CASE("what kubectl refuses in a custom profile is not in it") {
  const Json custom = Json::parse(write_kubectl_custom(plan_for("dotnet-dump", prepared_pod("dotnet-dump"))));
  for (const char* field : {"name", "image", "command", "lifecycle", "volumeDevices", "targetContainerName"}) {
    INFO(field);
    CHECK_FALSE(custom.contains(field));
  }
  CHECK(custom.contains("volumeMounts"));
}

TEST_CASE("what a custom profile cannot hold stands on the command line") {
  Json pod = prepared_pod("dotnet-dump");
  pod["spec"].erase("shareProcessNamespace");
  const DebuggerPlan plan = plan_for("dotnet-dump", pod);
  const std::string command = kubectl_debug_command(plan, "it's mine.json", true);
  for (const char* part : {"kubectl debug --namespace=shop pod/web-5969f6597f-9fl2l ", " --container=dump-debugger",
                           " --image=mcr.microsoft.com/dotnet/sdk:10.0", " --target=app", " --profile=general",
                           " '--custom=it'\\''s mine.json'", " -it"}) {
    CHECK_THAT(command, Catch::Contains(part));
  }
  CHECK_THAT(kubectl_debug_command(plan, "f", false), !Catch::Contains("-it"));
}

TEST_CASE("both ephemeral containers that are there stay, whatever is sent") {
  const Json pod = pod_with_two();
  const DebuggerPlan plan = plan_for("dotnet-dump", pod);
  const std::vector<std::string> all = {"one", "two", "dump-debugger"};
  CHECK(names_of(Json::parse(write_pod(plan))) == all);
  Json patched = pod;
  apply_json_patch(patched, Json::parse(write_json_patch(plan)));
  CHECK(names_of(patched) == all);
  CHECK(patched == Json::parse(write_pod(plan)));
}

TEST_CASE("a second time there is a second name, not an error") {
  const Json once = Json::parse(write_pod(plan_for("dotnet-dump", pod_with_two())));
  const Json twice = Json::parse(write_pod(plan_for("dotnet-dump", once)));
  CHECK(names_of(twice) == std::vector<std::string>{"one", "two", "dump-debugger", "dump-debugger-2"});
}

TEST_CASE("the pod's body is the pod as it was given, with one container more") {
  const Json pod = pod_with_two();
  Json body = Json::parse(write_pod(plan_for("dotnet-dump", pod)));
  CHECK(body.at("metadata").at("resourceVersion") == "4711");
  body["spec"]["ephemeralContainers"].erase(2);
  CHECK(body == pod);
}

TEST_CASE("the JSON Patch makes the list where the pod has none, and is for this pod alone") {
  Json pod = pod_with_two();
  pod["spec"].erase("ephemeralContainers");
  const Json patch = Json::parse(write_json_patch(plan_for("dotnet-dump", pod)));
  apply_json_patch(pod, patch);
  CHECK(names_of(pod) == std::vector<std::string>{"dump-debugger"});
  Json successor = pod_with_two();
  successor["metadata"]["uid"] = "another";
  CHECK_THROWS_AS(apply_json_patch(successor, patch), PatchError);
}

TEST_CASE("a list of ephemeral containers that is none is refused") {
  Json pod = prepared_pod("dotnet-dump");
  pod["spec"]["ephemeralContainers"] = 3;
  CHECK_THAT(plan_for("dotnet-dump", pod).refusal, Catch::Contains("not a list"));
}

}  // namespace dotdiag::test
