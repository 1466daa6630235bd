#include "core/ephemeral/output.hpp"

#include "tests/core/ephemeral/prepared_pod.hpp"
#include "tests/support/examples.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {

TEST_CASE("each output of each recipe is what its file says") {
  for (const char* policy : {"dotnet-dump", "dotnet-dump-restricted", "dotnet-monitor"}) {
    const Json pod = prepared_pod(policy, {{"securityContext", {{"runAsUser", 1654}, {"runAsGroup", 1654}}}});
    const DebuggerPlan plan = plan_for(policy, pod);
    REQUIRE(plan.ready());
    const auto folder = testdata("ephemeral") / policy;
    const std::string patch = write_strategic_merge(plan);
    CHECK(patch == expected_text(folder / "strategic-merge.json", patch));
    const std::string custom = write_kubectl_custom(plan);
    CHECK(custom == expected_text(folder / "kubectl-custom.json", custom));
    const std::string command = kubectl_debug_command(plan, "custom.json") + "\n";
    CHECK(command == expected_text(folder / "kubectl-debug.txt", command));
  }
}

TEST_CASE("what kubectl refuses in a custom profile is not in it") {
  const Json custom = Json::parse(write_kubectl_custom(plan_for("dotnet-dump", prepared_pod("dotnet-dump"))));
  for (const char* field : {"name", "image", "command", "lifecycle", "volumeDevices", "targetContainerName"}) {
    INFO(field);
    CHECK_FALSE(custom.contains(field));
  }
  CHECK(custom.contains("volumeMounts"));
}

TEST_CASE("the command line is quoted for a shell") {
  DebuggerPlan plan = plan_for("dotnet-dump", prepared_pod("dotnet-dump"));
  CHECK_THAT(kubectl_debug_command(plan, "it's mine.json"), Catch::Contains(" '--custom=it'\\''s mine.json'"));
}

}  // namespace dotdiag::test
