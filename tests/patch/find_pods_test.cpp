// Which pod of a workload is asked.
#include "core/document/json.hpp"
#include "tests/patch/answers.hpp"
#include "tests/patch/fake_kubectl.hpp"
#include "tests/patch/pods.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

Json pod(const std::string& name, const std::string& created, bool is_ready, const std::string& owner = "web-7f6") {
  Json one = Json::parse(prepared_pod_json());
  one["metadata"]["name"] = name;
  one["metadata"]["creationTimestamp"] = created;
  one["metadata"]["labels"] = {{"pod-template-hash", "7f6"}};
  one["metadata"]["ownerReferences"] = Json::array({{{"kind", "ReplicaSet"}, {"name", owner}}});
  one["status"]["conditions"] = Json::array({{{"type", "Ready"}, {"status", is_ready ? "True" : "False"}}});
  return one;
}

const char* const deployment = R"({"kind": "Deployment", "spec": {"selector": {"matchLabels": {"app": "web"},
  "matchExpressions": [{"key": "tier", "operator": "In", "values": ["a", "b"]}, {"key": "canary", "operator": "DoesNotExist"}]}}})";

/// `ps` over pods as they are in `list`.
ProcessResult ask(FakeKubectl& kubectl, const Json& list, std::vector<std::string> words) {
  kubectl.write("deployment", deployment);
  kubectl.write("list", Json{{"kind", "List"}, {"items", list}}.dump());
  for (const Json& one : list) {
    Json running = one;
    running["status"]["ephemeralContainerStatuses"] = Json::parse(collector_runs);
    kubectl.write(one.at("metadata").at("name").get<std::string>(), running.dump());
  }
  kubectl.write("answer", answer("PID\n"));
  words.insert(words.begin(), "ps");
  words.insert(words.end(), {"--yes", "--timeout=5"});
  return kubectl.run(words);
}

const std::string cases =
    "*'get namespace'*) exit 1 ;;\n"
    "*'get deployment web'*) cat \"$HERE/deployment\" ;;\n"
    "*'get pods'*) cat \"$HERE/list\" ;;\n"
    "*'get pod '*) for word; do if [ -e \"$HERE/$word\" ]; then cat \"$HERE/$word\"; fi; done ;;\n"
    "*'replace --raw'*) cat > /dev/null ;;\n"
    "*exec*) cat \"$HERE/answer\" ;;\n";

}  // namespace

TEST_CASE("of a workload's pods the newest ready one is taken, and the others are named") {
  FakeKubectl kubectl(cases);
  const Json list = {pod("web-7f6-old", "2026-01-01T00:00:00Z", true), pod("web-7f6-new", "2026-01-02T00:00:00Z", true),
                     pod("web-7f6-broken", "2026-01-03T00:00:00Z", false),
                     pod("other-1", "2026-01-04T00:00:00Z", true, "other-7f6")};
  const ProcessResult result = ask(kubectl, list, {"deployment/web"});
  CAPTURE(result.err);
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.err,
             Catch::Contains("deployment/web: taking web-7f6-new; there are also web-7f6-old, web-7f6-broken "
                             "(not ready): name a pod to take it"));
  CHECK_THAT(kubectl.calls(), Catch::Contains("<--selector=app=web,tier in (a,b),!canary>") &&
                                  Catch::Contains("<exec><--stdin><--namespace=shop><web-7f6-new>"));
}

TEST_CASE("where none is ready the newest that runs is taken: it may be the one that hangs") {
  FakeKubectl kubectl(cases);
  const ProcessResult result =
      ask(kubectl, Json::array({pod("web-7f6-a", "2026-01-01T00:00:00Z", false)}), {"deploy/web"});
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.err, Catch::Contains("taking web-7f6-a, which runs and is not ready"));
}

TEST_CASE("all pods are asked one after the other") {
  FakeKubectl kubectl(cases);
  const Json list = {pod("web-7f6-a", "2026-01-01T00:00:00Z", true), pod("web-7f6-b", "2026-01-02T00:00:00Z", true)};
  CHECK(ask(kubectl, list, {"deployments.apps/web", "--all-pods"}).out == "PID\nPID\n");
}

TEST_CASE("a workload without pods, and what has none, get a clear answer") {
  FakeKubectl kubectl(cases);
  CHECK(ask(kubectl, Json::array(), {"deployment/web"}).exit_code == 1);
  const ProcessResult service = ask(kubectl, Json::array(), {"service/web"});
  CHECK(service.exit_code == 2);
  CHECK_THAT(service.err, Catch::Contains("name a pod, or a deployment/"));
}

}  // namespace dotdiag::test
