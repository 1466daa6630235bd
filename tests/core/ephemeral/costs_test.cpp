// What is said of a dump before it is paid, from what the pod shows.
#include "core/ephemeral/costs.hpp"

#include "tests/core/ephemeral/prepared_pod.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

Costs costs_for(const std::string& container, DebuggerKind kind) {
  Json pod = prepared_pod("dotnet-dump");
  pod["spec"]["containers"][0].update(Json::parse(container));
  DebuggerChoices choices;
  choices.debugger = kind;
  const DebuggerPlan plan = plan_for("dotnet-dump", pod, choices);
  REQUIRE(plan.ready());
  return plan.costs;
}

bool has_risk(const Costs& costs, std::string_view rule) {
  return std::any_of(costs.risks.begin(), costs.risks.end(), [&](const Risk& risk) { return risk.rule == rule; });
}

constexpr const char* limited = R"({"resources": {"limits": {"memory": "8Gi"}}})";

}  // namespace

TEST_CASE("a standstill is compared with the patience of the liveness probe") {
  const Costs costs = costs_for(
      R"({"resources": {"limits": {"memory": "8Gi"}},
          "livenessProbe": {"httpGet": {"port": 80}, "periodSeconds": 5, "failureThreshold": 2}})",
      DebuggerKind::native);
  CHECK(costs.standstill_seconds == 80);
  CHECK(costs.patience_seconds == 10);
  REQUIRE(has_risk(costs, "liveness-kills-during-dump"));
  CHECK(costs.risks.front().is_likely);
  CHECK(costs.risks.front().remedy == "set failureThreshold: 16");
}

TEST_CASE("a probe that does not ask the process is no risk") {
  const Costs costs = costs_for(R"({"livenessProbe": {"tcpSocket": {"port": 80}}})", DebuggerKind::native);
  CHECK(costs.patience_seconds == std::nullopt);
  CHECK(costs.risks.empty());
}

TEST_CASE("a memory limit without headroom is a risk, and no limit is none") {
  const Costs tight = costs_for(R"({"resources": {"limits": {"memory": "64Mi"}}})", DebuggerKind::native);
  CHECK(tight.memory_limit->text() == "64Mi");
  CHECK(tight.memory_needed.text() == "20Mi");
  REQUIRE(has_risk(tight, "memory-limit-tight-for-dump"));
  CHECK_FALSE(tight.risks.front().is_likely);
  const Costs open = costs_for("{}", DebuggerKind::native);
  CHECK_FALSE(open.memory_limit);
  CHECK_FALSE(open.heap_dump);
  CHECK(open.risks.empty());
}

TEST_CASE("a volume that evicts is a risk for a file and none for a pipe") {
  CHECK(has_risk(costs_for(limited, DebuggerKind::sdk), "emptydir-sizelimit-below-memory"));
  CHECK_FALSE(has_risk(costs_for(limited, DebuggerKind::native), "emptydir-sizelimit-below-memory"));
  CHECK(costs_for(limited, DebuggerKind::native).heap_dump->value() > (std::int64_t{8} << 30));
}

}  // namespace dotdiag::test
