// kubectl-dotdiag as a process, over a kubectl that answers from a script.
#include "core/document/json.hpp"
#include "patch/plugin/server_refusal.hpp"
#include "tests/patch/fake_kubectl.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

/// A prepared pod as `kubectl get` shows it; `status` is that of its debugger.
std::string pod_json(const std::string& debugger_state = "", const std::string& version = "1") {
  Json pod = Json::parse(R"({"apiVersion": "v1", "kind": "Pod",
    "metadata": {"name": "web-0", "namespace": "shop", "uid": "u"},
    "spec": {"shareProcessNamespace": true, "securityContext": {"runAsUser": 1654, "runAsGroup": 1654},
      "containers": [{"name": "web", "image": "acme/web:1",
        "env": [{"name": "DOTNET_EnableDiagnostics", "value": "1"}, {"name": "TMPDIR", "value": "/tmp"}],
        "securityContext": {"capabilities": {"add": ["SYS_PTRACE"]}},
        "volumeMounts": [{"name": "cache-volume", "mountPath": "/tmp"}]}],
      "volumes": [{"name": "cache-volume", "emptyDir": {"sizeLimit": "500Mi"}}]},
    "status": {"phase": "Running"}})");
  pod["metadata"]["resourceVersion"] = version;
  if (!debugger_state.empty())
    pod["status"]["ephemeralContainerStatuses"] =
        Json::array({{{"name", "dump-debugger"}, {"state", Json::parse(debugger_state)}}});
  return pod.dump();
}

const std::string running = R"({"running": {}})";

/// Calls before and after the injection show different pods; namespaces may not be read.
const std::string read_cases =
    "*'get namespace'*) echo 'Error from server (Forbidden): no' >&2; exit 1 ;;\n"
    "*'get pod'*) if [ -e \"$HERE/body\" ]; then cat \"$HERE/after.json\"; else cat \"$HERE/pod.json\"; fi ;;\n";
const std::string replace_case = "*'replace --raw'*) cat > \"$HERE/body\" ;;\n";

FakeKubectl& prepared(FakeKubectl& kubectl) {
  kubectl.write("pod.json", pod_json());
  kubectl.write("after.json", pod_json(running));
  return kubectl;
}

/// What the plugin says when `kubectl replace` fails with `error`.
ProcessResult inject_refused(const std::string& error) {
  FakeKubectl kubectl(
      "*'get pod'*) cat \"$HERE/pod.json\" ;;\n*'get namespace'*) exit 1 ;;\n"
      "*debug*) echo refused >&2; exit 1 ;;\n*replace*) cat \"$HERE/error\" >&2; exit 1 ;;\n");
  prepared(kubectl).write("error", error);
  return kubectl.run({"inject", "web-0", "--yes"});
}

}  // namespace

TEST_CASE("inject replaces the pod's ephemeral containers, waits, and says what comes next") {
  FakeKubectl kubectl(read_cases + replace_case);
  const auto result = prepared(kubectl).run({"inject", "web-0", "-n", "shop", "--context", "it's prod", "--yes"});
  CHECK(result.exit_code == 0);
  CHECK_THAT(kubectl.calls(), Catch::Contains("<--namespace=shop><--context=it's prod><replace><--raw></api/v1/"
                                              "namespaces/shop/pods/web-0/ephemeralcontainers><--filename=->"));
  const Json body = Json::parse(kubectl.read("body"));
  CHECK(body.at("metadata").at("resourceVersion") == "1");
  CHECK(body.at("spec").at("ephemeralContainers").at(0).at("name") == "dump-debugger");
  CHECK_THAT(result.out, Catch::Contains("dotnet-dump collect"));
  CHECK_THAT(result.out, !Catch::Contains("kubectl debug"));
}

TEST_CASE("inject asks first, and takes nothing but yes for yes") {
  FakeKubectl kubectl(read_cases + replace_case);
  const auto result = prepared(kubectl).run({"inject", "web-0"}, "y\n");  // a file is nobody to ask
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, Catch::Contains("pass --yes"));
  CHECK_THAT(kubectl.calls(), !Catch::Contains("replace"));
}

TEST_CASE("a pod that changed in the meantime is read again") {
  FakeKubectl kubectl(read_cases +
                      "*replace*) if [ -e \"$HERE/once\" ]; then cat > \"$HERE/body\"; else touch \"$HERE/once\"; cat "
                      "\"$HERE/newer.json\" > \"$HERE/pod.json\"; echo 'Error from server (Conflict): the object has "
                      "been modified; please apply' >&2; exit 1; fi ;;\n");
  prepared(kubectl).write("newer.json", pod_json("", "2"));
  CHECK(kubectl.run({"inject", "web-0", "--yes"}).exit_code == 0);
  CHECK(Json::parse(kubectl.read("body")).at("metadata").at("resourceVersion") == "2");
}

TEST_CASE("a pod that changes all the time ends in an error, not in a loop") {
  const auto result = inject_refused("Error from server (Conflict): the object has been modified\n");
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.err, Catch::Contains("changes faster"));
}

TEST_CASE("dry-run=server shows the container as the server would store it, and changes nothing") {
  FakeKubectl kubectl(read_cases + "*ephemeralcontainers?dryRun=All*) cat \"$HERE/answer\" ;;\n");
  prepared(kubectl).write("answer", R"({"spec": {"ephemeralContainers": [{"name": "old"},
    {"name": "dump-debugger", "imagePullPolicy": "IfNotPresent"}]}})");
  const auto result = kubectl.run({"inject", "web-0", "--dry-run=server"});
  CHECK(result.exit_code == 0);
  CHECK(Json::parse(result.out) == Json::parse(R"({"name": "dump-debugger", "imagePullPolicy": "IfNotPresent"})"));
  CHECK(result.err.find("nothing was changed") != std::string::npos);
}

TEST_CASE("dry-run=client prints the patch and asks the server for the pod alone") {
  FakeKubectl kubectl(read_cases);
  const auto result = prepared(kubectl).run({"inject", "pod/web-0", "--dry-run=client"});
  CHECK(Json::parse(result.out).at("spec").at("ephemeralContainers").size() == 1);
}

TEST_CASE("what the server refuses is explained") {
  struct Example {
    const char* error;
    const char* advice;
  };
  const auto example = GENERATE(values<Example>({
      {"Error from server (Forbidden): pods \"web-0\" is forbidden: violates PodSecurity \"baseline:latest\": "
       "non-default "
       "capabilities (container \"dump-debugger\" must not include \"SYS_PTRACE\")",
       "--pod-security baseline"},
      {"Error from server (Forbidden): pods \"web-0\" is forbidden: User \"jane\" cannot update resource "
       "\"pods/ephemeralcontainers\" in API group \"\" in the namespace \"shop\"",
       "kind: Role"},
      {"Error from server (NotFound): the server could not find the requested resource", "Kubernetes 1.23"},
      {"The Pod \"web-0\" is invalid: spec.ephemeralContainers[0].name: Duplicate value: \"dump-debugger\"",
       "run the command again"},
      {"The Pod \"web-0\" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers \"x\" may not "
       "be "
       "removed",
       "run the command again"},
      {"static pods do not support ephemeral containers", "from a file on its node"},
      {"unable to validate against any security context constraint: [...]", "OpenShift"},
      {"admission webhook \"images.example.com\" denied the request: image mcr.microsoft.com is not allowed",
       "--image"},
      {"Unable to connect to the server: dial tcp: lookup api on 10.0.0.2:53: no such host", "current-context"},
  }));
  const auto result = inject_refused(example.error);
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.err, Catch::Contains(example.error));
  CHECK_THAT(result.err, Catch::Contains(example.advice));
}

TEST_CASE("where only patching is allowed kubectl debug does it") {
  FakeKubectl kubectl(
      read_cases +
      "*replace*) echo 'cannot update resource \"pods/ephemeralcontainers\"' >&2; exit 1 ;;\n"
      "*debug*) for word; do case $word in --custom=*) cat \"${word#--custom=}\" > \"$HERE/body\" ;; esac; "
      "done ;;\n");
  CHECK(prepared(kubectl).run({"inject", "web-0", "--yes"}).exit_code == 0);
  CHECK_THAT(kubectl.calls(),
             Catch::Contains("<debug><--namespace=shop><pod/web-0><--image=mcr.microsoft.com/dotnet/sdk:"
                             "10.0><--container=dump-debugger><--profile=general>"));
  CHECK(Json::parse(kubectl.read("body")).contains("volumeMounts"));
}

TEST_CASE("a debugger that cannot start, or has ended, is not waited for") {
  struct Example {
    const char* state;
    const char* said;
    const char* advice;
  };
  const auto example = GENERATE(values<Example>({
      {R"({"waiting": {"reason": "InvalidImageName", "message": "couldn't parse"}})",
       "cannot start (InvalidImageName: couldn't parse)", "kubectl describe pod -n shop web-0"},
      {R"({"waiting": {"reason": "CreateContainerConfigError"}})", "cannot start (CreateContainerConfigError)",
       "adds another one"},
      {R"({"terminated": {"reason": "Error", "exitCode": 1}})", "ended (Error, exit code 1)",
       "kubectl logs -n shop web-0 -c dump-debugger"},
  }));
  FakeKubectl kubectl(read_cases + replace_case);
  prepared(kubectl).write("after.json", pod_json(example.state));
  const auto result = kubectl.run({"inject", "web-0", "--yes"});
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.err, Catch::Contains(example.said) && Catch::Contains(example.advice));
  CHECK(result.out.empty());
}

TEST_CASE("an image that cannot be pulled may still come") {
  FakeKubectl kubectl(
      "*'get namespace'*) exit 1 ;;\n"
      "*'get pod'*) if [ ! -e \"$HERE/body\" ]; then cat \"$HERE/pod.json\"; elif [ -e \"$HERE/looked\" ]; then cat "
      "\"$HERE/after.json\"; else touch \"$HERE/looked\"; cat \"$HERE/pulling.json\"; fi ;;\n" +
      replace_case);
  prepared(kubectl).write("pulling.json",
                          pod_json(R"({"waiting": {"reason": "ErrImagePull", "message": "i/o timeout"}})"));
  const auto result = kubectl.run({"inject", "web-0", "--yes"});
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.err, Catch::Contains("waits for its image (ErrImagePull: i/o timeout): the kubelet tries again"));
  CHECK_THAT(result.out, Catch::Contains("dotnet-dump collect"));
}

TEST_CASE("one that joined the processes of a target which restarts is killed with it") {
  FakeKubectl kubectl(read_cases + replace_case);
  const std::string ended = R"({"terminated": {"reason": "Error", "exitCode": 137}})";
  for (const char* file : {"pod.json", "after.json"}) {
    Json pod = Json::parse(pod_json(file == std::string("after.json") ? ended : ""));
    pod["spec"].erase("shareProcessNamespace");
    kubectl.write(file, pod.dump());
  }
  const auto result = kubectl.run({"inject", "web-0", "--yes"});
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.err, Catch::Contains("it had joined the processes of `web`, and ends when that restarts"));
}

TEST_CASE("a second inject takes the debugger that is there, unless another one is wanted") {
  FakeKubectl kubectl(read_cases + replace_case);
  prepared(kubectl);
  const Json debugger = Json::parse(kubectl.run({"patch", "web-0"}).out).at("spec").at("ephemeralContainers").at(0);
  const auto with = [&](const std::string& state) {
    Json pod = Json::parse(pod_json(state));
    Json stored = debugger;
    stored["imagePullPolicy"] = "IfNotPresent";  // the API server's default
    pod["spec"]["ephemeralContainers"] = Json::array({stored});
    return pod.dump();
  };
  const auto added = [&](const std::string& before, const std::vector<std::string>& flags = {}) {
    FakeKubectl again(read_cases + replace_case);
    again.write("pod.json", with(before));
    Json after = Json::parse(with(running));
    after["status"]["ephemeralContainerStatuses"].push_back(
        {{"name", "dump-debugger-2"}, {"state", Json::parse(running)}});
    again.write("after.json", after.dump());
    std::vector<std::string> arguments = {"inject", "web-0", "--yes", "--timeout", "0"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const auto result = again.run(arguments);
    const bool has_replaced = again.calls().find("replace") != std::string::npos;
    return std::make_pair(result, has_replaced);
  };
  const auto [taken, replaced] = added(running);
  CHECK(taken.exit_code == 0);
  CHECK_FALSE(replaced);
  CHECK_THAT(taken.err, Catch::Contains("dump-debugger is in pod shop/web-0 already, and is taken; --new adds"));
  CHECK_THAT(taken.out, Catch::Contains("-c dump-debugger -n shop web-0 -- "));

  const auto pulling = added(R"({"waiting": {"reason": "ImagePullBackOff"}})");
  CHECK_FALSE(pulling.second);
  CHECK_THAT(pulling.first.err, Catch::Contains("does not run yet (ImagePullBackOff)") &&
                                    Catch::Contains("a second inject goes on waiting for it"));

  CHECK(added(R"({"terminated": {"exitCode": 0}})").second);
  CHECK(added(R"({"waiting": {"reason": "ErrImageNeverPull"}})").second);
  const auto [another, has_added] = added(running, {"--new"});
  CHECK(has_added);
  CHECK_THAT(another.err, Catch::Contains("this is one more"));
  CHECK_THAT(another.out, Catch::Contains("-c dump-debugger-2 -n shop web-0 -- "));
  CHECK(added(running, {"--image", "tools:1"}).second);
}

TEST_CASE("an image of one's own has the tools") {
  FakeKubectl kubectl(read_cases + replace_case);
  const auto result = prepared(kubectl).run({"inject", "web-0", "--yes", "--image", "tools:1"});
  CHECK_THAT(result.out, !Catch::Contains("--tool-path"));
  CHECK_THAT(result.out, Catch::Contains("-- dotnet-dump ps"));
  CHECK_THAT(result.out, Catch::Contains("-- dotnet-trace collect"));
}

TEST_CASE("the plugin does not send its user to another program") {
  FakeKubectl kubectl(read_cases + replace_case);
  const auto result = prepared(kubectl).run({"inject", "web-0", "--yes"});
  CHECK_THAT(result.out + result.err, !Catch::Contains("dotdiag-patch"));
}

TEST_CASE("one that takes too long is given up after the timeout") {
  FakeKubectl kubectl(read_cases + replace_case);
  prepared(kubectl).write("after.json", pod_json(R"({"waiting": {"reason": "ContainerCreating"}})"));
  const auto result = kubectl.run({"inject", "web-0", "--yes", "--timeout", "0"});
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.err, Catch::Contains("does not run yet (ContainerCreating)"));
}

TEST_CASE("follow attaches, and ends as that ends") {
  FakeKubectl kubectl(read_cases + replace_case + "attach*) echo attached; exit 7 ;;\n");
  const auto result = prepared(kubectl).run({"inject", "web-0", "--yes", "--follow"});
  CHECK(result.exit_code == 7);
  CHECK(result.out == "attached\n");
  CHECK_THAT(kubectl.calls(),
             Catch::Contains("<attach><--namespace=shop><web-0><--container=dump-debugger><--stdin><--tty>"));
}

TEST_CASE("a namespace's Pod Security is kept to where it can be read") {
  FakeKubectl kubectl("*'get pod'*) cat \"$HERE/pod.json\" ;;\n*'get namespace shop'*) cat \"$HERE/ns.json\" ;;\n");
  prepared(kubectl).write("ns.json",
                          R"({"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}})");
  const Json patch = Json::parse(kubectl.run({"patch", "web-0"}).out);
  CHECK(patch.at("spec").at("ephemeralContainers").at(0).at("securityContext").at("capabilities") ==
        Json::parse(R"({"drop": ["ALL"]})"));
}

TEST_CASE("patch prints any of the formats") {
  FakeKubectl kubectl(read_cases);
  prepared(kubectl);
  CHECK_THAT(kubectl.run({"patch", "web-0", "-o", "runbook"}).out, Catch::Contains("# 1. Bring the debugger in."));
  CHECK(kubectl.run({"patch", "web-0", "-o", "xml"}).exit_code == 2);
}

TEST_CASE("check says whether the pod is ready and the user may") {
  FakeKubectl kubectl(read_cases + "*'can-i update'*) echo no; exit 1 ;;\n*'can-i create'*) echo yes ;;\n");
  const auto result = prepared(kubectl).run({"check", "web-0"});
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.out, Catch::Contains("Pod shop/web-0: ready: dump-debugger would reach `web`"));
  CHECK_THAT(result.err, Catch::Contains("you may not update pods/ephemeralcontainers"));
  CHECK_THAT(result.err, Catch::Contains(std::string(role_manifest())));
}

TEST_CASE("a pod that is not ready is refused with its findings") {
  FakeKubectl kubectl(read_cases);
  kubectl.write("pod.json", R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web-0", "namespace": "shop"},
                                "spec": {"containers": [{"name": "web"}]}})");
  for (const char* command : {"check", "patch", "inject"}) {
    const auto result = kubectl.run({command, "web-0"});
    CHECK(result.exit_code == 1);
    CHECK(result.out.empty());
    CHECK_THAT(result.err, Catch::Contains("[shared-tmp]"));
    CHECK_THAT(result.err, Catch::Contains("--mode procroot"));
  }
}

TEST_CASE("a pod that is not there is kubectl's own message") {
  FakeKubectl kubectl("*) echo 'Error from server (NotFound): pods \"web-0\" not found' >&2; exit 1 ;;\n");
  const auto result = kubectl.run({"check", "web-0"});
  CHECK(result.exit_code == 1);
  CHECK(result.err == "kubectl-dotdiag: Error from server (NotFound): pods \"web-0\" not found\n");
}

TEST_CASE("without kubectl, and with a wrong command line, the exit code is 2") {
  ProcessOptions nowhere;
  nowhere.environment = {"PATH=/nonexistent"};
  const std::string plugin = build_path("patch/plugin/kubectl-dotdiag");
  const auto result = run_process({plugin, "check", "web-0"}, nowhere);
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, Catch::Contains("kubectl: cannot be run"));
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{}, {"check"}, {"bogus", "web-0"}, {"check", "--bogus", "web-0"}}) {
    std::vector<std::string> command = {plugin};
    command.insert(command.end(), arguments.begin(), arguments.end());
    CHECK(run_process(command).exit_code == 2);
  }
}

TEST_CASE("a pod of a megabyte goes through kubectl's pipes in both directions") {
  FakeKubectl kubectl(read_cases + replace_case);
  Json pod = Json::parse(pod_json());
  pod["metadata"]["annotations"]["large"] = std::string(1 << 20, 'x');
  prepared(kubectl).write("pod.json", pod.dump());
  CHECK(kubectl.run({"inject", "web-0", "--yes"}).exit_code == 0);
  CHECK(Json::parse(kubectl.read("body")).at("metadata") == pod.at("metadata"));
}

}  // namespace dotdiag::test
