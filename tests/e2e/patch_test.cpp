// The patches of dotdiag-patch, taken by the subresource they are for.
#include "tests/e2e/cluster.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

/// A pod as a prepared Deployment's controller makes it; without controllers, as it would make it.
Json pod_of_deployment(const std::string& name_space) {
  plane().apply(deployment("web"), name_space);
  if (!plane().has_controllers()) {
    const Json stored = plane().get({"deployment", "web", "--namespace", name_space});
    Json pod = stored.at("spec").at("template");
    pod.update({{"apiVersion", "v1"}, {"kind", "Pod"}});
    pod["metadata"]["name"] = "web";
    plane().apply(pod, name_space);
  }
  const auto pods = [&] { return plane().get({"pods", "--namespace", name_space}).at("items"); };
  if (!eventually([&] { return !pods().empty(); })) throw std::runtime_error("no pod was made");
  return pods().at(0);
}

std::string patch_for(const Json& pod) {
  const ProcessResult result = run_process({build_path("patch/dotdiag-patch"), "-"}, {.input = pod.dump()});
  if (result.exit_code != 0) throw std::runtime_error(result.err);
  return result.out;
}

ApiReply patch_pod(const Json& pod) {
  return plane().api().call({"PATCH", debugger_path(pod), patch_for(pod), strategic_merge});
}

std::vector<std::string> ephemeral_containers(const Json& pod) {
  std::vector<std::string> names;
  for (const Json& container : pod.at("spec").value("ephemeralContainers", Json::array()))
    names.push_back(container.at("name"));
  std::sort(names.begin(), names.end());  // a strategic merge puts new items first
  return names;
}

}  // namespace

TEST_CASE("a debugger joins the ephemeral containers that are there, and a second one gets a name of its own") {
  using Names = std::vector<std::string>;
  const std::string name_space = plane().new_namespace();
  const AuditTrail trail;
  const Json pod = pod_of_deployment(name_space);
  const auto name = pod.at("metadata").at("name").get<std::string>();
  const auto live = [&] { return plane().get({"pod", name, "--namespace", name_space}); };
  for (const char* other : {"first", "second"})
    plane().kubectl_out({"debug", "--namespace", name_space, "pod/" + name, "--image=busybox", "--profile=general",
                         std::string("--container=") + other});
  CHECK(ephemeral_containers(live()) == Names{"first", "second"});

  CHECK(patch_pod(live()).summary() == "200");
  CHECK(ephemeral_containers(live()) == Names{"dump-debugger", "first", "second"});
  CHECK(patch_pod(live()).summary() == "200");
  CHECK(ephemeral_containers(live()) == Names{"dump-debugger", "dump-debugger-2", "first", "second"});
  CHECK(trail.faults() == Names{});
}
