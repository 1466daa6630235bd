#include "core/policy/windows.hpp"

#include <catch2/catch.hpp>

namespace dotdiag {
namespace {

/// Where a pod of this spec says Windows; empty where it does not.
std::string mark_of(const char* spec) {
  const Json document{{"apiVersion", "v1"}, {"kind", "Pod"}, {"spec", Json::parse(spec)}};
  const auto workload = as_workload(document);
  const auto mark = windows_mark(PodView(document, *workload));
  return mark ? mark->text() : "";
}

/// A spec with one required node selector term for each of `terms`.
std::string affinity(const std::string& terms) {
  return R"({"affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [)" +
         terms + "]}}}}";
}

const std::string affinity_path =
    "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";

}  // namespace

TEST_CASE("a Windows pod is known by its system, its node selector, its options or its image") {
  const auto [spec, mark] = GENERATE(table<const char*, const char*>({
      {R"({"os": {"name": "windows"}})", "/spec/os/name"},
      {R"({"nodeSelector": {"kubernetes.io/os": "windows"}})", "/spec/nodeSelector/kubernetes.io~1os"},
      {R"({"nodeSelector": {"beta.kubernetes.io/os": "windows"}})", "/spec/nodeSelector/beta.kubernetes.io~1os"},
      {R"({"nodeSelector": {"node.kubernetes.io/windows-build": "10.0.20348"}})",
       "/spec/nodeSelector/node.kubernetes.io~1windows-build"},
      {R"({"securityContext": {"windowsOptions": {"hostProcess": true}}})", "/spec/securityContext/windowsOptions"},
      {R"({"containers": [{"name": "a"}, {"securityContext": {"windowsOptions": {}}}]})",
       "/spec/containers/1/securityContext/windowsOptions"},
      {R"({"containers": [{"image": "mcr.microsoft.com/dotnet/aspnet:8.0-nanoserver-ltsc2022"}]})",
       "/spec/containers/0/image"},
      {R"({"initContainers": [{"image": "mcr.microsoft.com/windows/servercore/iis:latest"}]})",
       "/spec/initContainers/0/image"},
      {R"({"os": {"name": "linux"}})", ""},
      {R"({"os": {"name": "linux"}, "containers": [{"image": "shop/web:windows"}]})", ""},
      {R"({"nodeSelector": {"kubernetes.io/os": "linux"}, "containers": [{"image": "shop/web:1-ltsc2022"}]})", ""},
      {R"({"nodeSelector": null})", ""},
      {R"({"containers": [{"image": "shop/windows-updates:1.4"}]})", ""},
      {R"json([])json", ""},
  }));
  INFO(spec);
  CHECK(mark_of(spec) == mark);
}

TEST_CASE("a node affinity says Windows where no other node fits any of its terms") {
  const std::string windows =
      R"({"matchExpressions": [{"key": "kubernetes.io/os", "operator": "In", "values": ["windows"]}]})";
  const std::string not_linux =
      R"({"matchExpressions": [{"key": "a", "operator": "Exists"}, {"key": "beta.kubernetes.io/os", "operator": "NotIn", "values": ["linux"]}]})";
  const std::string either =
      R"({"matchExpressions": [{"key": "kubernetes.io/os", "operator": "In", "values": ["linux", "windows"]}]})";
  const std::string build =
      R"({"matchExpressions": [{"key": "node.kubernetes.io/windows-build", "operator": "Exists"}]})";
  CHECK(mark_of(affinity(windows).c_str()) == affinity_path);
  CHECK(mark_of(affinity(not_linux).c_str()) == affinity_path);
  CHECK(mark_of(affinity(build + ", " + windows).c_str()) == affinity_path);
  CHECK(mark_of(affinity(either).c_str()).empty());
  CHECK(mark_of(affinity(windows + ", " + either).c_str()).empty());
  CHECK(mark_of(affinity("").c_str()).empty());
  CHECK(mark_of(affinity("null, 7, [], {}").c_str()).empty());
}

}  // namespace dotdiag
