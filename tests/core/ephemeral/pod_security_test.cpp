// Property: whatever Pod Security level a pod keeps to, it keeps to with the native debugger in it; so a namespace that
// took the pod takes the debugger, also where nobody said what that namespace enforces.
#include "tests/support/pod_security_rules.hpp"

#include "core/ephemeral/plan.hpp"
#include "tests/support/ephemeral_rules.hpp"
#include "tests/support/pod_generator.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

const Json& restricted_context() {
  static const Json context = Json::parse(R"({"runAsNonRoot": true, "allowPrivilegeEscalation": false,
    "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}})");
  return context;
}

/// Makes the pod keep to restricted, with or without a known user.
void restrict(Json& pod, PodGenerator& generator) {
  Json& spec = pod["spec"];
  for (const char* field : {"hostPID", "securityContext"})
    spec.erase(field);
  for (const char* list : {"containers", "initContainers"}) {
    if (!spec.contains(list)) continue;
    for (Json& container : spec[list]) {
      container["securityContext"] = restricted_context();
      if (generator.once_in(2)) container["securityContext"]["runAsUser"] = 1654;
      if (generator.once_in(2)) container["securityContext"]["runAsGroup"] = 1654;
      if (generator.once_in(4)) container["securityContext"]["capabilities"]["add"] = {"NET_BIND_SERVICE"};
    }
  }
}

Json maybe_restricted_pod(PodGenerator& generator) {
  Json pod = generator.workload();
  while (pod.at("kind") != "Pod" || !pod["spec"].is_object())
    pod = generator.workload();
  if (generator.once_in(2)) restrict(pod, generator);
  if (generator.once_in(3)) evaluate({PolicySet::builtin().find("dotnet-dump-restricted")}, pod, *as_workload(pod), {});
  return pod;
}

DebuggerChoices choices_for(PodGenerator& generator, const PodSecurityRules& rules) {
  DebuggerChoices choices;
  choices.debugger = DebuggerKind::native;
  if (generator.once_in(3)) choices.target_uid = generator.pick<std::int64_t>({0, 1654, 1000});
  if (generator.once_in(3)) choices.target_gid = 1654;
  if (generator.once_in(2))
    choices.mode = generator.pick<DebugMode>({DebugMode::tmp, DebugMode::port, DebugMode::listen, DebugMode::procroot});
  if (rules.keeps_restricted() && generator.once_in(2))
    choices.pod_security = PodSecurity::restricted;
  else if (rules.keeps_baseline() && generator.once_in(2))
    choices.pod_security = PodSecurity::baseline;
  return choices;
}

struct Count {
  int ready = 0;
  int baseline = 0;
  int restricted = 0;
};

void check_one(std::uint64_t seed, Count& count) {
  PodGenerator generator(seed);
  const Json pod = maybe_restricted_pod(generator);
  const PodSecurityRules before(pod);
  const DebuggerChoices choices = choices_for(generator, before);
  const DebuggerPlan plan = plan_debugger(*PolicySet::builtin().find("dotnet-dump"), pod, *as_workload(pod), choices);
  if (!plan.ready()) return;
  ++count.ready;
  INFO("seed " << seed << ": " << plan.container.dump());
  const Json joined = with_debugger(pod, plan.container);
  const PodSecurityRules after(joined);
  if (before.keeps_baseline()) ++count.baseline;
  if (before.keeps_restricted()) ++count.restricted;
  CHECK((!before.keeps_baseline() || after.keeps_baseline()));
  CHECK((!before.keeps_restricted() || after.keeps_restricted()));
  CHECK(api_problems(pod, plan.container) == Problems{});
}

}  // namespace

TEST_CASE("with the native debugger in it a pod keeps to the Pod Security level that it kept to without") {
  Count count;
  for (std::uint64_t seed = 1; seed <= 3'000; ++seed)
    check_one(seed, count);
  CHECK(count.ready > 800);  // or else this would show nothing
  CHECK(count.baseline > 400);
  CHECK(count.restricted > 200);
}

}  // namespace dotdiag::test
