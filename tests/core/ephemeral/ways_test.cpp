// Which ways lead to a process: each folder of testdata/ways is a pod, and what the planner foretells of it for both
// debuggers. The pods are those that were tried on a real node: who reaches whom there is what must be foretold.
#include "core/ephemeral/ways.hpp"

#include "core/document/reader.hpp"
#include "core/ephemeral/output.hpp"
#include "core/policy/debugger.hpp"
#include "tests/support/examples.hpp"

#include <catch2/catch.hpp>

#include <memory>

namespace dotdiag::test {
namespace {

Json pod_in(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "pod.yaml";
  return read_documents(std::make_shared<const Source>(path.string(), read_text(path))).at(0).root;
}

std::string listed(const Json& context, const char* field, const char* sign) {
  std::string text;
  const Json capabilities = context.value("capabilities", Json::object());
  for (const Json& one : items_member(capabilities, field))
    text += " " + (sign + one.get<std::string>());
  return text;
}

/// `as 1654:1654 -ALL, mounts cache-volume`; `-` stands for what is left to the image.
std::string described(const Json& container) {
  const Json context = container.value("securityContext", Json::object());
  const auto id = [&](const char* field) { return context.contains(field) ? context.at(field).dump() : "-"; };
  std::string text =
      "as " + id("runAsUser") + ":" + id("runAsGroup") + listed(context, "add", "+") + listed(context, "drop", "-");
  for (const Json& mount : items_member(container, "volumeMounts"))
    text += ", mounts " + std::string(text_member(mount, "name"));
  return container.contains("targetContainerName") ? text + ", joins the target" : text;
}

std::string foretold(const Json& pod, const Way& way, DebuggerChoices choices) {
  if (!way.is_open()) return (way.verdict == Way::Verdict::unknown ? "unknown: " : "closed: ") + way.obstacle.text();
  choices.mode = way.mode;
  const DebuggerPlan plan = plan_debugger(*PolicySet::builtin().find("dotnet-dump"), pod, *as_workload(pod), choices);
  REQUIRE(plan.ready());  // what is open is planned
  return "open " + described(plan.container);
}

std::string foretold_for(const Json& pod, DebuggerKind kind) {
  const Policy& policy = *PolicySet::builtin().find("dotnet-dump");
  const auto workload = as_workload(pod);
  const PodView view(pod, *workload);
  DebuggerChoices choices;
  choices.debugger = kind;
  std::string text = std::string(debugger_kind_name(kind)) + "\n";
  for (const Way& way : judge_ways(policy, view, *view.container("app"), choices))
    text += "  " + std::string(mode_name(way.mode)) + ": " + foretold(pod, way, choices) + "\n";
  return text;
}

}  // namespace

TEST_CASE("each pod is foretold what its folder says") {
  for (const auto& folder : folders_in("ways")) {
    DYNAMIC_SECTION(folder.filename().string()) {
      const Json pod = pod_in(folder);
      const std::string actual = foretold_for(pod, DebuggerKind::sdk) + foretold_for(pod, DebuggerKind::native);
      CHECK(actual == expected_text(folder / "ways.txt", actual));
    }
  }
}

TEST_CASE("the native debugger takes the best way that is open, and no plan is made where none is") {
  for (const auto& folder : folders_in("ways")) {
    DYNAMIC_SECTION(folder.filename().string()) {
      const Json pod = pod_in(folder);
      const Policy& policy = *PolicySet::builtin().find("dotnet-dump");
      const auto workload = as_workload(pod);
      const PodView view(pod, *workload);
      DebuggerChoices choices;
      choices.debugger = DebuggerKind::native;
      const Way best = judge_ways(policy, view, *view.container("app"), choices).front();
      const DebuggerPlan plan = plan_debugger(policy, pod, *workload, choices);
      CHECK(plan.ready() == best.is_open());
      CHECK(plan.mode == best.mode);
    }
  }
}

TEST_CASE("the linter finds nothing wrong with a native debugger that was planned") {
  for (const auto& folder : folders_in("ways")) {
    DYNAMIC_SECTION(folder.filename().string()) {
      const Json pod = pod_in(folder);
      const Policy& policy = *PolicySet::builtin().find("dotnet-dump");
      const auto workload = as_workload(pod);
      DebuggerChoices choices;
      choices.debugger = DebuggerKind::native;
      const DebuggerPlan plan = plan_debugger(policy, pod, *workload, choices);
      // Who listens need not be the target's user; a patch does not show that it would listen.
      if (!plan.ready() || plan.mode == DebugMode::listen) continue;
      const Json patch = Json::parse(write_strategic_merge(plan));
      const auto debuggers = find_debuggers(patch);
      REQUIRE(debuggers.size() == 1);
      const PodView view(pod, *workload);
      const std::vector<const Policy*> policies = {&policy};
      Json copy = pod;
      const Evaluation evaluation = evaluate(policies, copy, *workload, {});
      const Surroundings anywhere;
      for (const Fired& fired : check_rules({view, policies, evaluation, anywhere, debuggers.data()})) {
        INFO(fired.rule->id << ": " << fired.hazard.message);
        CHECK(fired.severity() == Severity::note);
      }
    }
  }
}

TEST_CASE("a pod that is refused is offered the native debugger where that reaches it") {
  const Policy& policy = *PolicySet::builtin().find("dotnet-dump");
  const auto offer = [&](const char* folder) {
    const Json pod = pod_in(testdata("ways") / folder);
    return plan_debugger(policy, pod, *as_workload(pod), {}).offer;
  };
  CHECK_THAT(offer("user-unprepared"), Catch::Contains("--mode procroot") && Catch::Contains("--debugger native"));
  CHECK_THAT(offer("read-only-root-with-port"),
             Catch::Equals("without a roll-out: --debugger native reaches it as it is"));
  CHECK_THAT(offer("image-user-unprepared"), !Catch::Contains("native"));
}

TEST_CASE("a manifest is judged as the pod will be") {
  const Json pod = pod_in(testdata("ways") / "user-unprepared");
  const Json deployment = {{"apiVersion", "apps/v1"},
                           {"kind", "Deployment"},
                           {"metadata", {{"name", "web"}}},
                           {"spec", {{"template", {{"spec", pod.at("spec")}}}}}};
  const auto workload = as_workload(deployment);
  const PodView view(deployment, *workload);
  DebuggerChoices choices;
  choices.debugger = DebuggerKind::native;
  const auto ways = judge_ways(*PolicySet::builtin().find("dotnet-dump"), view, *view.container("app"), choices);
  CHECK(ways.front().mode == DebugMode::procroot);
  CHECK(ways.front().is_open());
}

}  // namespace dotdiag::test
