// dotdiag-patch as a process.
#include "core/document/json.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace dotdiag;

namespace {

/// A pod that dotdiag-webhook prepared, as `kubectl get pod -o json` shows it.
Json prepared_pod(const std::string& name) {
  return Json::parse(R"({
    "apiVersion": "v1", "kind": "Pod",
    "metadata": {"name": ")" +
                     name + R"(", "namespace": "shop"},
    "spec": {
      "shareProcessNamespace": true,
      "containers": [{
        "name": "web", "image": "acme/web:1",
        "env": [{"name": "COMPlus_EnableDiagnostic", "value": "1"}, {"name": "DOTNET_EnableDiagnostics", "value": "1"},
                {"name": "TMPDIR", "value": "/tmp"}],
        "securityContext": {"capabilities": {"add": ["SYS_PTRACE"]}},
        "volumeMounts": [{"name": "cache-volume", "mountPath": "/tmp"}]
      }],
      "volumes": [{"name": "cache-volume", "emptyDir": {"sizeLimit": "500Mi"}}]
    }
  })");
}

/// A pod as dotnet-monitor wants it, with the webhook's marker.
Json monitored_pod() {
  Json pod = prepared_pod("web-0");
  pod["metadata"]["annotations"]["dotdiag.io/injected"] = "dotnet-monitor";
  Json& spec = pod["spec"];
  spec["volumes"].push_back({{"name", "diagvol"}, {"emptyDir", Json::object()}});
  Json& container = spec["containers"][0];
  container["volumeMounts"].push_back({{"name", "diagvol"}, {"mountPath", "/diag"}});
  container["env"].push_back({{"name", "DOTNET_DiagnosticPorts"}, {"value", "/diag/dotnet-monitor.sock,nosuspend"}});
  return pod;
}

constexpr const char* unprepared =
    "kind: Pod\napiVersion: v1\nmetadata: {name: web}\nspec:\n  containers:\n  - {name: web, image: acme/web}\n";

test::ProcessResult patch(std::vector<std::string> arguments, const std::string& input = {}) {
  arguments.insert(arguments.begin(), DOTDIAG_BINARY_DIR "/patch/dotdiag-patch");
  return test::run_process(arguments, {.input = input});
}

Json debugger_of(const test::ProcessResult& result) {
  return Json::parse(result.out)["spec"]["ephemeralContainers"][0];
}

}  // namespace

TEST_CASE("a prepared pod gets its patch on standard output") {
  const auto result = patch({"-"}, prepared_pod("web-0").dump());
  CHECK(result.exit_code == 0);
  CHECK(debugger_of(result)["name"] == "dump-debugger");
  CHECK(debugger_of(result)["volumeMounts"][0]["name"] == "cache-volume");
}

TEST_CASE("a pod that is not ready gets reasons with positions, and nothing on standard output") {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("pod.yaml", unprepared);
  const auto result = patch({file});
  CHECK(result.exit_code == 1);
  CHECK(result.out.empty());
  CHECK(result.err.find(file + ":4:1: error: ") != std::string::npos);
  CHECK(result.err.find("[share-process-namespace]\n  = help: ") != std::string::npos);
  CHECK(result.err.find(file + ":6:5: error: ") != std::string::npos);
}

TEST_CASE("a Windows pod is refused") {
  Json pod = prepared_pod("web-0");
  pod["spec"]["os"]["name"] = "windows";
  const auto result = patch({"-"}, pod.dump());
  CHECK(result.exit_code == 1);
  CHECK(result.out.empty());
  CHECK(result.err.find("Windows") != std::string::npos);
}

TEST_CASE("the webhook's marker chooses the policy, and --policy wins over it") {
  CHECK(debugger_of(patch({"-"}, monitored_pod().dump()))["name"] == "debugger");
  CHECK(debugger_of(patch({"--policy", "dotnet-dump", "-"}, monitored_pod().dump()))["name"] == "dump-debugger");
  Json pod = prepared_pod("web-0");
  pod["metadata"]["annotations"]["dotdiag.io/injected"] = "gone-policy";
  CHECK(debugger_of(patch({"-"}, pod.dump()))["name"] == "dump-debugger");
}

TEST_CASE("of several pods one is chosen by name; without a choice they are listed") {
  const std::string two = prepared_pod("web-0").dump() + "\n" + prepared_pod("web-1").dump();
  CHECK(patch({"--pod", "web-1", "-"}, two).exit_code == 0);
  const auto unchosen = patch({"-"}, two);
  CHECK(unchosen.exit_code == 2);
  CHECK(unchosen.out.empty());
  CHECK(unchosen.err.find("--pod") != std::string::npos);
  CHECK(unchosen.err.find("\n  Pod shop/web-0\n  Pod shop/web-1\n") != std::string::npos);
  const auto missing = patch({"--pod", "api", "-"}, two);
  CHECK(missing.exit_code == 2);
  CHECK(missing.err.find("holds no pod named api") != std::string::npos);

  const Json list = Json::object(
      {{"kind", "List"}, {"apiVersion", "v1"}, {"items", Json::array({prepared_pod("a"), prepared_pod("b")})}});
  CHECK(patch({"--pod", "b", "-"}, list.dump()).exit_code == 0);
  CHECK(patch({"-"}, list.dump()).exit_code == 2);
  CHECK(patch({"--pod", "web-0", "-"}, prepared_pod("web-0").dump() + prepared_pod("web-0").dump()).exit_code == 2);
}

TEST_CASE("kubectl-custom is one container, with the command that takes it on standard error") {
  const auto result = patch({"-o", "kubectl-custom", "-"}, prepared_pod("web-0").dump());
  CHECK(result.exit_code == 0);
  CHECK(Json::parse(result.out)["volumeMounts"][0]["mountPath"] == "/tmp");
  CHECK(result.err.find("kubectl debug --namespace=shop pod/web-0 ") != std::string::npos);
  CHECK(result.err.find("--custom=debugger.json") != std::string::npos);
}

TEST_CASE("image, container and user id can be chosen") {
  const std::string pod = prepared_pod("web-0").dump();
  CHECK(debugger_of(patch({"--image", "acme/tools:2", "-"}, pod))["image"] == "acme/tools:2");
  CHECK(patch({"--container", "web", "-"}, pod).exit_code == 0);
  CHECK(patch({"--container", "nobody", "-"}, pod).exit_code != 0);
  CHECK(debugger_of(patch({"--target-uid", "1654", "-"}, pod))["securityContext"]["runAsUser"] == 1654);
}

TEST_CASE("misuse and unreadable input are exit code 2 and one line that names the program") {
  struct Example {
    std::vector<std::string> arguments;
    std::string input;
  };
  const Example examples[] = {
      {{}, ""},
      {{"a", "b"}, ""},
      {{"--bogus", "-"}, ""},
      {{"-o", "xml", "-"}, ""},
      {{"--target-uid", "-1", "-"}, ""},
      {{"--target-uid", "root", "-"}, ""},
      {{"/nonexistent"}, ""},
      {{"-"}, ""},
      {{"-"}, "kind: Service\napiVersion: v1\n"},
      {{"-"}, "{\"kind\": \"Pod\","},
      {{"-"}, std::string("a\0b", 3)},
      {{"-"}, "\xff"},
      {{"--policy", "nonsense", "-"}, prepared_pod("web-0").dump()},
      {{"--policies", "/nonexistent", "-"}, prepared_pod("web-0").dump()},
  };
  for (const Example& example : examples) {
    CAPTURE(example.arguments, example.input);
    const auto result = patch(example.arguments, example.input);
    CHECK(result.exit_code == 2);
    CHECK(result.out.empty());
    CHECK(result.err.substr(0, 15) == "dotdiag-patch: ");
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
  }
}

TEST_CASE("help and version succeed") {
  CHECK(patch({"--help"}).out.find("Examples:") != std::string::npos);
  CHECK(patch({"--version"}).out == "dotdiag-patch " DOTDIAG_VERSION "\n");
}
