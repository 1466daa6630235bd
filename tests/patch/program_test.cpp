// dotdiag-patch as a process.
#include "core/document/json.hpp"
#include "tests/support/places.hpp"
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
  arguments.insert(arguments.begin(), test::build_path("patch/dotdiag-patch"));
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

TEST_CASE("a pod cannot drive the terminal") {
  const auto result = patch({"-"}, prepared_pod("a\\u001b[2J\\u202e").dump());
  CHECK(result.exit_code == 1);
  CHECK(result.err == "dotdiag-patch: Pod shop/a\\x1b[2J\\u202e: its name is none that Kubernetes takes\n");
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

TEST_CASE("of pods of one name the namespace chooses") {
  Json other = prepared_pod("web-0");
  other["metadata"]["namespace"] = "test";
  const std::string two = prepared_pod("web-0").dump() + other.dump();
  CHECK(patch({"--pod", "test/web-0", "-o", "curl", "-"}, two).out.find("namespaces/test/pods/web-0") !=
        std::string::npos);
  CHECK(patch({"--pod", "web-0", "-"}, two).err.find("--pod NAMESPACE/NAME") != std::string::npos);
}

TEST_CASE("a mode chooses a policy that knows it, and a policy that does not is refused") {
  CHECK(debugger_of(patch({"--mode", "listen", "-"}, monitored_pod().dump()))["name"] == "debugger");
  CHECK(debugger_of(patch({"--mode", "procroot", "-"}, monitored_pod().dump()))["name"] == "dump-debugger");
  const auto refused = patch({"--mode", "listen", "--policy", "dotnet-dump", "-"}, prepared_pod("web-0").dump());
  CHECK(refused.exit_code == 2);
  CHECK(refused.err.find("cannot work in mode listen") != std::string::npos);
}

TEST_CASE("of a marker that names several policies the first that fits counts") {
  Json pod = monitored_pod();
  pod["metadata"]["annotations"]["dotdiag.io/injected"] = "gone, dotnet-monitor,dotnet-dump";
  CHECK(debugger_of(patch({"-"}, pod.dump()))["name"] == "debugger");
  CHECK(debugger_of(patch({"--mode", "tmp", "-"}, pod.dump()))["name"] == "dump-debugger");
}

TEST_CASE("a pod that is ready for another policy is told so") {
  const auto result = patch({"--policy", "dotnet-monitor", "-"}, prepared_pod("web-0").dump());
  CHECK(result.exit_code == 1);
  CHECK(result.err.find("it is ready for --policy dotnet-dump") != std::string::npos);
}

TEST_CASE("a template has no pod to send anything to") {
  const std::string deployment = R"({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
    "spec": {"template": {"spec": )" +
                                 prepared_pod("x")["spec"].dump() + "}}}";
  CHECK(patch({"-"}, deployment).exit_code == 0);
  CHECK(patch({"-o", "yaml", "-"}, deployment).exit_code == 0);
  for (const char* format : {"pod", "json-patch", "curl", "powershell", "runbook"}) {
    const auto result = patch({"-o", format, "-"}, deployment);
    CAPTURE(format);
    CHECK(result.exit_code == 2);
    CHECK(result.err.find("needs the pod itself") != std::string::npos);
  }
}

TEST_CASE("where the pod does not say its namespace an address needs --namespace") {
  Json pod = prepared_pod("web-0");
  pod["metadata"].erase("namespace");
  CHECK(patch({"-o", "curl", "-"}, pod.dump()).err.find("pass --namespace") != std::string::npos);
  CHECK(patch({"-o", "curl", "-n", "shop", "-"}, pod.dump()).out.find("namespaces/shop/pods") != std::string::npos);
  CHECK(patch({"-o", "runbook", "-"}, pod.dump()).out.find("-n shop") == std::string::npos);
}

TEST_CASE("inputs that hold nothing to debug get a clear answer") {
  struct Example {
    const char* input;
    int exit_code;
    const char* answer;
  };
  const Example examples[] = {
      {"", 2, "holds no pod"},
      {R"({"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"template": {"spec": {}}}})", 1, "no containers"},
      {R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"kubernetes.io/config.mirror": "x"}}})", 1,
       "static pod"},
      {R"({"apiVersion": "v1", "kind": "Pod", "spec": {"containers": 3}})", 1, "containers is not"},
      {R"({"apiVersion": "v1", "kind": "Pod", "spec": {"os": {"name": "windows"}, "containers": [{}]}})", 1, "Windows"},
  };
  for (const Example& example : examples) {
    CAPTURE(example.input);
    const auto result = patch({"-"}, example.input);
    CHECK(result.exit_code == example.exit_code);
    CHECK(result.out.empty());
    CHECK(result.err.find(example.answer) != std::string::npos);
  }
}

TEST_CASE("a pod of a megabyte is no trouble") {
  Json pod = prepared_pod("web-0");
  pod["metadata"]["annotations"]["large"] = std::string(1 << 20, '<');
  for (const char* format : {"pod", "runbook"})
    CHECK(patch({"-o", format, "-"}, pod.dump()).exit_code == 0);
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

TEST_CASE("the option --debugger native brings in dotdiag-collect, for any policy") {
  for (const Json& pod : {prepared_pod("web-0"), monitored_pod()}) {
    const Json debugger = debugger_of(patch({"--debugger", "native", "--target-uid", "1654", "-"}, pod.dump()));
    CHECK(debugger.at("name") == "dotdiag-collect");
    CHECK(debugger.at("args") == Json::array({"wait", "--for", "1h"}));
    CHECK(debugger.at("securityContext").at("readOnlyRootFilesystem") == true);
    CHECK(debugger.at("securityContext").at("capabilities") == Json::parse(R"({"drop": ["ALL"]})"));
  }
}

TEST_CASE("an unprepared pod whose user is known is reached by the native debugger") {
  const auto result = patch({"--debugger", "native", "--target-uid", "1654", "--target-gid", "1654", "-"}, unprepared);
  CHECK(result.exit_code == 0);
  CHECK(debugger_of(result).at("targetContainerName") == "web");
  CHECK_FALSE(debugger_of(result).contains("volumeMounts"));
}

TEST_CASE("a policy without a native debugger is named where one is asked for") {
  const test::TemporaryDirectory directory;
  directory.write("mine.yaml", R"(name: mine
summary: Mine
requirements:
  - {id: tmp, kind: shared-volume, volume: v, mountPath: /tmp, sizeLimit: 1Gi, summary: s, why: w, source: s}
debugger: {name: d, image: i, mounts: [tmp]}
)");
  const std::string policies = "--policies=" + (directory / ".");
  const auto named = patch({policies, "--policy", "mine", "--debugger", "native", "-"}, unprepared);
  CHECK(named.exit_code == 2);
  CHECK_THAT(named.err, Catch::Contains("the policy mine has no debugger `native`"));
  const auto any = patch({policies, "--debugger", "native", "-"}, unprepared);
  CHECK(any.exit_code == 2);
  CHECK_THAT(any.err, Catch::Contains("no policy has a debugger `native`"));
}
