// Holds every output for some hundred pods against those who will read it: the API server's rules, JSON Patch appliers,
// shells, YAML readers. Pods come from the webhook's engine, half-prepared and hostile ones included.
#include "core/document/reader.hpp"
#include "core/edit/json_patch.hpp"
#include "core/ephemeral/output.hpp"
#include "tests/support/ephemeral_rules.hpp"
#include "tests/support/pod_generator.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <set>
#include <sstream>

namespace dotdiag::test {
namespace {

/// A live pod: prepared, prepared in part, or not at all; with names, paths and users of all sorts.
Json live_pod(PodGenerator& generator) {
  Json pod = generator.workload();
  while (pod.at("kind") != "Pod")
    pod = generator.workload();
  Json& metadata = pod["metadata"];
  metadata["name"] = generator.pick<const char*>({"web-0", "a", "web.v2-5969f6597f-9fl2l", "0-0"});
  metadata["namespace"] = generator.pick<const char*>({"shop", "0", "kube-system"});
  if (!generator.once_in(5)) metadata["uid"] = "5f1c0d9e";
  metadata["resourceVersion"] = "4711";
  if (generator.once_in(3))
    pod["spec"]["ephemeralContainers"] = Json::parse(R"([{"name": "dump-debugger", "image": "i"}, {"name": "x"}])");
  if (!pod["spec"].is_object() || generator.once_in(4)) return pod;
  const char* policy = generator.pick<const char*>({"dotnet-dump", "dotnet-dump-restricted", "dotnet-monitor"});
  Choices choices;
  choices.override_conflicts = generator.once_in(2);
  evaluate({PolicySet::builtin().find(policy)}, pod, *as_workload(pod), choices);
  if (generator.once_in(4)) pod["spec"].erase("shareProcessNamespace");
  return pod;
}

DebuggerChoices choices_for(PodGenerator& generator, const Policy& policy) {
  DebuggerChoices choices;
  if (generator.once_in(2)) choices.target_uid = generator.pick<std::int64_t>({0, 1654, 4294967294});
  if (generator.once_in(3)) choices.target_gid = 1654;
  if (generator.once_in(4)) choices.image = generator.pick<const char*>({"acme/it's mine:1", "$(id)", "a b\n#"});
  if (generator.once_in(2)) choices.debugger = DebuggerKind::native;
  if (choices.debugger == DebuggerKind::native) {
    if (generator.once_in(2))
      choices.mode =
          generator.pick<DebugMode>({DebugMode::tmp, DebugMode::port, DebugMode::listen, DebugMode::procroot});
  } else if (mode_of(policy) == DebugMode::tmp)
    choices.mode = generator.pick<DebugMode>({DebugMode::tmp, DebugMode::port, DebugMode::procroot});
  choices.pod_security = generator.pick<PodSecurity>(
      {PodSecurity::unknown, PodSecurity::privileged, PodSecurity::baseline, PodSecurity::restricted});
  return choices;
}

/// Calls `visit` with each pod and the ready plan for it.
template <typename Visit>
int for_ready_plans(int pods, Visit visit) {
  int ready = 0;
  for (int seed = 0; seed < pods; ++seed) {
    PodGenerator generator(static_cast<std::uint64_t>(seed));
    const Json pod = live_pod(generator);
    for (const Policy& policy : PolicySet::builtin().all()) {
      const DebuggerPlan plan = plan_debugger(policy, pod, *as_workload(pod), choices_for(generator, policy));
      if (!plan.ready()) continue;
      ++ready;
      INFO("seed " << seed << ", policy " << policy.name << ", mode " << mode_name(plan.mode));
      visit(pod, plan);
    }
  }
  return ready;
}

/// The pods and patches on one line each, as the program below reads them.
constexpr const char* python_applier = R"(
import json, sys, jsonpatch
for line in sys.stdin:
    pod, patch, expected = json.loads(line)
    if jsonpatch.JsonPatch(patch).apply(pod) != expected:
        print("differs", json.dumps(patch)); break
else:
    print("all equal")
)";

}  // namespace

TEST_CASE("the API server's rules take each container, for pods of every sort") {
  const int ready = for_ready_plans(
      400, [](const Json& pod, const DebuggerPlan& plan) { CHECK(api_problems(pod, plan.container) == Problems{}); });
  CHECK(ready > 150);  // or else this would show nothing
}

TEST_CASE("a plan that is not ready says why") {
  for (int seed = 0; seed < 300; ++seed) {
    PodGenerator generator(static_cast<std::uint64_t>(seed));
    const Json pod = live_pod(generator);
    for (const Policy& policy : PolicySet::builtin().all()) {
      const DebuggerPlan plan = plan_debugger(policy, pod, *as_workload(pod), choices_for(generator, policy));
      CAPTURE(seed, policy.name);
      CHECK(plan.container.is_null() != plan.ready());
    }
  }
}

TEST_CASE("strategic merge, JSON Patch, pod and YAML say the same") {
  for_ready_plans(200, [](const Json& pod, const DebuggerPlan& plan) {
    const Json expected = with_debugger(pod, plan.container);
    const Json merge = Json::parse(write_strategic_merge(plan));
    CHECK(merge.at("spec").at("ephemeralContainers") == Json::array({plan.container}));
    CHECK(same_document(Json::parse(write_pod(plan)), expected));
    Json patched = pod;
    apply_json_patch(patched, Json::parse(write_json_patch(plan)));
    CHECK(same_document(patched, expected));
    const auto source = std::make_shared<const Source>("patch.yaml", write_yaml(plan));
    CHECK(same_document(read_documents(source).at(0).root, merge));
  });
}

TEST_CASE("another implementation of JSON Patch agrees") {
  std::string lines;
  for_ready_plans(100, [&](const Json& pod, const DebuggerPlan& plan) {
    lines += Json::array({pod, Json::parse(write_json_patch(plan)), with_debugger(pod, plan.container)}).dump() + "\n";
  });
  const auto result = run_process({std::string(system_python), "-c", python_applier}, {lines});
  INFO(result.err);
  CHECK(result.out == "all equal\n");
}

TEST_CASE("shells take the script and the runbook, and shellcheck finds nothing") {
  const TemporaryDirectory directory;
  std::vector<std::string> shellcheck = {"shellcheck", "--severity=warning", "--shell=bash"};
  int number = 0;
  std::string all;
  for_ready_plans(60, [&](const Json&, const DebuggerPlan& plan) {
    for (const std::string& text : {write_curl(plan), write_runbook(plan), write_next_steps(plan)}) {
      shellcheck.push_back(directory.write(std::to_string(++number) + ".sh", text));
      all += "(\n" + text + ")\n";
    }
  });
  CHECK(run_process({"bash", "-n"}, {all}).err == "");
  CHECK(run_process({"sh", "-n"}, {all}).err == "");
  const auto result = run_process(shellcheck, {"", {}, "", std::chrono::seconds(280)});
  CHECK(result.out + result.err == "");
}

TEST_CASE("every line of a runbook is a command for kubectl and its like, or a comment") {
  const std::set<std::string> words = {"[", "kubectl", "printf", "curl", "dotnet-dump", "kill", "sha256sum", "zstd"};
  for_ready_plans(60, [&](const Json&, const DebuggerPlan& plan) {
    if (text_member(plan.container, "image").find('\n') != std::string_view::npos) return;  // a quoted line break
    std::istringstream lines(write_runbook(plan));
    for (std::string line; std::getline(lines, line);) {
      const bool is_assignment = line.find('=') < line.find(' ');
      if (line.empty() || line.front() == '#' || is_assignment) continue;
      INFO(line);
      CHECK(words.contains(line.substr(0, line.find(' '))));
    }
  });
}

}  // namespace dotdiag::test
