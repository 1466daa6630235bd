// What is installed and what the README tries it on, as the API server sees it.
#include "core/document/reader.hpp"
#include "tests/e2e/cluster.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/examples.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

const std::filesystem::path root = DOTDIAG_SOURCE_DIR;

const ControlPlane& plane() {
  return cluster().control_plane;
}

std::vector<Json> documents_in(const std::filesystem::path& file) {
  std::vector<Json> objects;
  for (const Document& document : read_documents(std::make_shared<const Source>(file.string(), read_text(file))))
    if (!document.error) objects.push_back(document.root);
  return objects;
}

bool is_mutated(const ApiReply& reply) {
  return reply.body.value("metadata", Json()).value("annotations", Json::object()).contains("dotdiag.io/status");
}

}  // namespace

TEST_CASE("manifests/ are installed as the README says, without a warning, and their pods are admitted") {
  const std::string manifests = root / "manifests";
  const AuditTrail trail;
  const ProcessResult applied = plane().kubectl({"apply", "--validate=strict", "-k", manifests});
  const ProcessResult again = plane().kubectl({"apply", "--validate=strict", "-k", manifests});
  const std::string ca = R"({"op": "add", "path": "/webhooks/N/clientConfig/caBundle", "value": ")" +
                         cluster().webhook.ca_bundle() + "\"}";
  std::string both = "[" + ca + "," + ca + "]";
  both[both.find('N')] = '0';
  both[both.find("/N/") + 1] = '1';
  const ProcessResult patched =
      plane().kubectl({"patch", "mutatingwebhookconfiguration", "dotdiag-webhook", "--type", "json", "--patch", both});
  cluster().install_manifests();

  CHECK(applied.err == "");
  CHECK(applied.exit_code == 0);
  CHECK(again.err == "");
  CHECK(again.exit_code == 0);
  CHECK(patched.exit_code == 0);
  if (!plane().has_controllers()) return;
  CHECK(eventually([&] { return plane().get({"pods", "--namespace", "dotdiag-system"}).at("items").size() == 2; }));
  CHECK(trail.faults() == std::vector<std::string>{});
}

TEST_CASE("with the match conditions only annotated objects leave the API server") {
  const TemporaryDirectory directory;
  std::filesystem::copy(root / "manifests", directory.path(), std::filesystem::copy_options::recursive);
  std::ofstream(directory / "kustomization.yaml", std::ios::app)
      << "patches:\n  - path: overlays/match-conditions.yaml\n";
  const std::string name_space = plane().new_namespace();
  Json plain = deployment("plain");
  plain.at("metadata").erase("annotations");
  Json in_template = plain;
  in_template["spec"]["template"]["metadata"]["annotations"]["dotdiag.io/inject"] = "true";
  const Json cron_job = documents_in(root / "tests/e2e/golden/cron-job/applied.yaml").at(0);
  const auto create = [&](const Json& object) {
    return plane().api().call({"POST", collection_path(object, name_space) + "?dryRun=All", object.dump()});
  };

  const Json configuration = registration(plane(), directory.path().string(), cluster().webhook);
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
