// The overlay match-conditions: the API server itself leaves out what did not opt in.
#include "tests/e2e/cluster.hpp"
#include "tests/e2e/installations.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

const std::filesystem::path root = source_path();

bool is_mutated(const ApiReply& reply) {
  return reply.body.value("metadata", Json()).value("annotations", Json::object()).contains("dotdiag.io/status");
}

}  // namespace

TEST_CASE("with the match conditions only annotated objects leave the API server") {
  const std::string name_space = plane().new_namespace();
  Json plain = deployment("plain");
  plain.at("metadata").erase("annotations");
  Json in_template = plain;
  in_template["spec"]["template"]["metadata"]["annotations"]["dotdiag.io/inject"] = "true";
  const Json cron_job = objects_in(read_text(root / "tests/e2e/golden/cron-job/applied.yaml")).at(0);
  const auto create = [&](const Json& object) {
    return plane().api().call({"POST", collection_path(object, name_space) + "?dryRun=All", object.dump()});
  };

  const Json configuration = registration(plane(), root / "manifests/overlays/match-conditions", cluster().webhook);
  CHECK(configuration.at("webhooks").at(1).contains("matchConditions"));
  cluster().install(configuration, name_space, deployment("probe"));
  const AuditTrail trail;
  const ApiReply without = create(plain);
  const bool was_asked = trail.events().at(0).value("annotations", Json()).dump().find("dotdiag") != std::string::npos;
  const bool mutates_template = is_mutated(create(in_template));
  const bool mutates_cron_job = is_mutated(create(cron_job));
  cluster().install_manifests();

  CHECK(without.accepted());
  CHECK(!was_asked);
  CHECK(mutates_template);
  CHECK(mutates_cron_job);
  CHECK(trail.faults() == std::vector<std::string>{});
}
