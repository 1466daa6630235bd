// What the API server counts when a webhook is in trouble: the alerts of manifests/components/monitoring are tested on
// series of this form (tests/manifests), so the form has to be the real one.
#include "tests/e2e/cluster.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <regex>
#include <set>
#include <sstream>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

using Labels = std::map<std::string, std::set<std::string>>;

/// The metrics that the list names, with their labels.
Labels expected_labels() {
  Labels result;
  std::istringstream lines(read_text(source_path("tests/manifests/api_server_metrics.txt")));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    std::string name;
    words >> name;
    for (std::string label; words >> label;)
      result[name].insert(label);
  }
  return result;
}

/// The labels that the API server's series of our webhook have, of those metrics.
Labels labels_of_ours(const Labels& wanted) {
  static const std::regex label("(\\w+)=\"[^\"]*\"");
  Labels result;
  std::istringstream lines(plane().kubectl_out({"get", "--raw", "/metrics"}));
  for (std::string line; std::getline(lines, line);) {
    const std::string name = line.substr(0, line.find('{'));
    if (!wanted.contains(name) || line.find(".dotdiag.io\"") == std::string::npos) continue;
    for (std::sregex_iterator found(line.begin(), line.end(), label), end; found != end; ++found)
      result[name].insert((*found)[1]);
  }
  return result;
}

/// What is said against a Deployment that opts in.
std::string refusal_in(const std::string& name_space) {
  return refusals(plane().api(), {deployment("web")}, name_space).at(0);
}

}  // namespace

TEST_CASE("the API server counts what the alerts look at, under the labels that they know") {
  const std::string name_space = plane().new_namespace();
  Json closed = registration(plane(), source_path("manifests/base"), cluster().webhook);
  for (Json& hook : closed.at("webhooks"))
    hook["failurePolicy"] = "Fail";

  CHECK(refusal_in(name_space) == "");
  cluster().webhook.stop();
  const std::string away = refusal_in(name_space);  // passed over
  plane().kubectl_out({"apply", "-f", "-"}, closed.dump());
  const bool is_refused = eventually([&] { return !refusal_in(name_space).empty(); });
  cluster().webhook.start();
  cluster().install_manifests();

  CHECK(away == "");
  CHECK(is_refused);
  CHECK(labels_of_ours(expected_labels()) == expected_labels());
}
