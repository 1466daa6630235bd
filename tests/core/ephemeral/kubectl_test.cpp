// Asks kubectl itself, where it is installed, whether it takes our file for `kubectl debug --custom`. It checks the
// file before it talks to a server, and here there is none.
#include "core/ephemeral/output.hpp"
#include "tests/core/ephemeral/prepared_pod.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

/// What kubectl says about a custom profile; empty where kubectl is not installed, or too old to know them
/// (before 1.31).
std::string kubectl_on(const std::string& custom) {
  const TemporaryDirectory directory;
  const std::string file = directory.write("custom.json", custom);
  ProcessOptions options;
  options.environment = {"KUBECONFIG=/dev/null"};
  try {
    return run_process({"kubectl", "--server=http://127.0.0.1:9", "debug", "pod/web", "--image=i", "--custom=" + file},
                       options)
        .err;
  } catch (const std::system_error&) {
    return {};
  }
}

}  // namespace

TEST_CASE("kubectl takes the custom profile of each policy, and refuses one that it may not change") {
  const std::string refusal = kubectl_on(R"({"name": "mine"})");
  if (refusal.empty() || refusal.find("unknown flag") != std::string::npos) {
    WARN("skipped: no kubectl that knows --custom is installed");
    return;
  }
  CHECK_THAT(refusal, Catch::Contains("not modifiable via custom profile"));
  for (const char* policy : {"dotnet-dump", "dotnet-dump-restricted", "dotnet-monitor"}) {
    const Json pod = prepared_pod(policy, {{"securityContext", {{"runAsUser", 1654}}}});
    INFO(policy);
    CHECK_THAT(kubectl_on(write_kubectl_custom(plan_for(policy, pod))), Catch::Contains("connection to the server"));
  }
}

}  // namespace dotdiag::test
