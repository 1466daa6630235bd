// What all rules together say about a debugger: the published recipes, and the debuggers that dotdiag writes itself.
#include "core/policy/debugger.hpp"
#include "core/policy/opt_in.hpp"
#include "tests/support/object_examples.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace dotdiag::test {
namespace {

using Ids = std::set<std::string>;

/// `document` as the webhook leaves it for `policy`.
Json prepared(Json document, const char* policy) {
  const Evaluation evaluation =
      evaluate({PolicySet::builtin().find(policy)}, document, *as_workload(document), Choices{});
  REQUIRE(evaluation.invalid == "");
  return document;
}

Json deployment(const Json& spec = Json::object()) {
  Json object = Json::parse(R"({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
    "spec": {"template": {"spec": {"containers": [{"name": "app", "image": "registry.example.com/shop/web:1.4.2"}]}}}})");
  object["spec"]["template"]["spec"].update(spec);
  return object;
}

/// The rules of at least `severity` that fire on the debuggers in `text`, when they are for `pod`.
Ids fired(const Json& pod, const char* policy, const std::string& text, Severity severity) {
  const Json debuggers = read_documents(std::make_shared<const Source>("debugger.yaml", text)).at(0).root;
  Json copy = pod;
  const Workload workload = *as_workload(pod);
  const std::vector<const Policy*> policies = {PolicySet::builtin().find(policy)};
  const Evaluation evaluation = evaluate(policies, copy, workload, {});
  Ids ids;
  REQUIRE_FALSE(find_debuggers(debuggers).empty());
  for (const Debugger& debugger : find_debuggers(debuggers)) {
    for (const Fired& one : check_rules({PodView(pod, workload), policies, evaluation, Surroundings{}, &debugger})) {
      UNSCOPED_INFO(one.rule->id << " at " << one.hazard.at.text() << ": " << one.hazard.message);
      if (one.severity() >= severity) ids.insert(std::string(one.rule->id));
    }
  }
  return ids;
}

/// What the rule finds in a workload as it is written.
std::vector<Hazard> hazards(const char* id, const Json& document) {
  Json copy = document;
  const Workload workload = *as_workload(document);
  const std::vector<const Policy*> policies = {PolicySet::builtin().find(default_policy_name)};
  const Evaluation evaluation = evaluate(policies, copy, workload, {});
  return find_rule(id)->check({PodView(document, workload), policies, evaluation, Surroundings{}});
}

Ids warnings(const Json& pod, const char* policy, const std::string& text) {
  return fired(pod, policy, text, Severity::warning);
}

const std::string dump_recipe = R"(
spec:
  ephemeralContainers:
    - name: dump-debugger
      image: mcr.microsoft.com/dotnet/nightly/sdk:6.0-alpine
      args: [sh]
      tty: true
      stdin: true
      securityContext:
        capabilities:
          add: [SYS_PTRACE]
      volumeMounts:
        - name: cache-volume
          mountPath: /tmp
)";

const std::string monitor_recipe = R"({
  "args": ["collect", "--no-auth"],
  "env": [
    {"name": "DotnetMonitor_Urls", "value": "http://+:52323"},
    {"name": "DotnetMonitor_DiagnosticPort__ConnectionMode", "value": "Listen"},
    {"name": "DotnetMonitor_Storage__DefaultSharedPath", "value": "/diag"},
  ],
  "volumeMounts": [
    {"name": "diagvol", "mountPath": "/diag"},
  ],
})";

}  // namespace

TEST_CASE("of the published dump recipe only the image is at fault, on a pod that was prepared for it") {
  CHECK(fired(prepared(deployment(), "dotnet-dump"), "dotnet-dump", dump_recipe, Severity::warning) ==
        Ids{"debug-image-eol", "debug-image-nightly"});
}

TEST_CASE("the published dump recipe does not work on a pod that was not prepared") {
  CHECK(fired(deployment(), "dotnet-dump", dump_recipe, Severity::error) == Ids{"ec-volume-not-in-pod"});
}

TEST_CASE("the published monitor recipe exposes memory, and needs a pod prepared for a monitor") {
  CHECK(fired(prepared(deployment(), "dotnet-monitor"), "dotnet-monitor", monitor_recipe, Severity::warning) ==
        Ids{"monitor-no-auth-exposed"});
  CHECK(fired(prepared(deployment(), "dotnet-dump"), "dotnet-dump", monitor_recipe, Severity::warning) ==
        Ids{"monitor-no-auth-exposed", "monitor-mode-mismatch", "ec-volume-not-in-pod"});
}

TEST_CASE("nothing is wrong with the debuggers that dotdiag writes") {
  const Json spec = {{"securityContext", {{"runAsUser", 1654}, {"runAsGroup", 1654}}}};
  for (const char* policy : {"dotnet-dump", "dotnet-dump-restricted", "dotnet-monitor"}) {
    for (const char* file : {"strategic-merge.json", "kubectl-custom.json"}) {
      INFO(policy << " " << file);
      const std::string debugger = read_text(testdata("ephemeral") / policy / file);
      CHECK(warnings(prepared(deployment(spec), policy), policy, debugger) == Ids{});
    }
  }
}

TEST_CASE("after the fix of a rule about monitors the rule no longer fires") {
  for (const char* id : {"monitor-args-without-collect", "monitor-mode-mismatch", "monitor-shared-path-mismatch",
                         "monitor-uid-mismatch"}) {
    const std::filesystem::path file = testdata("rules") / id / "fires.yaml";
    int fixes = 0;
    for (Document& document : read_documents(std::make_shared<const Source>(file.string(), read_text(file)))) {
      INFO(id << " on " << document.root.at("metadata").at("name"));
      const auto before = hazards(id, document.root);
      if (before.empty() || before.front().fix.empty()) continue;
      for (const Edit& edit : before.front().fix)
        dotdiag::apply(document.root, edit);
      CHECK(hazards(id, document.root).empty());
      ++fixes;
    }
    CHECK(fixes > 0);
  }
}

TEST_CASE("a debugger may be anything, and so may the pod it is for") {
  for (const char* odd : {"null", "7", "text", "[]", "{}", "[null]", "[7]", "[[]]", "[{}]", "[{name: 7, value: {}}]"}) {
    for (const char* member : {"name", "image", "command", "args", "env", "envFrom", "volumeMounts", "securityContext",
                               "stdin", "tty", "targetContainerName", "resources"}) {
      INFO(member << ": " << odd);
      const bool has_image = std::string_view(member) == "image";
      const std::string image = has_image ? "" : "image: 'mcr.microsoft.com/dotnet/monitor:10.0', ";
      const std::string container = "{" + image + member + ": " + odd + "}";
      const std::string text = "spec: {ephemeralContainers: [" + container + "]}";
      for (const Json& pod : {deployment(), prepared(deployment(), "dotnet-monitor"), deployment({{"volumes", 7}}),
                              deployment({{"ephemeralContainers", {7}}})}) {
        CHECK_NOTHROW(fired(pod, "dotnet-dump", text, Severity::error));
      }
    }
  }
}

}  // namespace dotdiag::test
