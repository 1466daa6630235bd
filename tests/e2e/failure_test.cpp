// A webhook that is not there must not be missed.
#include "tests/e2e/cluster.hpp"
#include "tests/e2e/workloads.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace dotdiag::test;

TEST_CASE("while the webhook is away objects are stored as they are, and a restart prepares them later") {
  const ControlPlane& plane = cluster().control_plane;
  const std::string name_space = plane.new_namespace();
  const auto is_prepared = [&] {
    const Json stored = plane.get({"deployment", "web", "--namespace", name_space});
    return stored.at("metadata").at("annotations").contains("dotdiag.io/status");
  };
  const Json manifest = deployment("web");
  const AuditTrail away;
  cluster().webhook.stop();
  const ProcessResult applied = plane.kubectl({"apply", "--namespace", name_space, "--filename", "-"}, manifest.dump());
  cluster().webhook.start();
  CHECK(applied.exit_code == 0);
  CHECK(!is_prepared());
  CHECK(away.faults().size() == 1);  // the log says so, and only there

  const AuditTrail back;
  plane.apply(manifest, name_space);
  CHECK(!is_prepared());
  plane.kubectl_out({"rollout", "restart", "deployment/web", "--namespace", name_space});
  CHECK(is_prepared());
  CHECK(back.faults() == std::vector<std::string>{});
}
