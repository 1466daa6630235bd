// Two injectors on one object: ours, and one that adds a sidecar, a volume and mounts to every container and rewrites
// annotations. Whichever comes first, the pods have what our policies ask for.
#include "core/document/workload.hpp"
#include "tests/support/opted_in_workload.hpp"
#include "tests/support/review.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

/// Appends to the list at `key`, which is made where it is missing; does nothing where something else is there.
void append(Json& object, const char* key, const Json& item) {
  if (!object.is_object()) return;
  Json& list = object[key];
  if (list.is_null()) list = Json::array();
  if (list.is_array()) list.push_back(item);
}

/// A service mesh's injector: its sidecar, and a volume of certificates in every container.
Json with_mesh(Json object) {
  Json* spec = value_at(object, as_workload(object)->pod_spec);
  if (spec == nullptr || !spec->is_object()) return object;
  append(*spec, "containers", {{"name", "linkerd-proxy"}, {"image", "cr.l5d.io/linkerd/proxy:stable"}});
  append(*spec, "volumes", {{"name", "mesh-certificates"}, {"emptyDir", {{"medium", "Memory"}}}});
  for (Json& container : (*spec)["containers"]) {
    append(container, "volumeMounts", {{"name", "mesh-certificates"}, {"mountPath", "/etc/mesh"}});
  }
  return object;
}

/// An injector that writes the template's annotations anew, sorted, with its own among them.
Json with_rewritten_annotations(Json object) {
  Json* metadata = value_at(object, as_workload(object)->pod_metadata);
  if (metadata == nullptr || !metadata->is_object()) return object;
  nlohmann::json sorted = {{"mesh.example.com/status", "injected"}};
  const Json& present = (*metadata)["annotations"];
  if (present.is_object()) sorted.update(nlohmann::json::parse(present.dump()));
  (*metadata)["annotations"] = Json::parse(sorted.dump());
  return object;
}

Json with_others(const Json& object) {
  return with_rewritten_annotations(with_mesh(object));
}

Json with_ours(const Json& object) {
  const Verdict verdict = ask(make_review(object));
  REQUIRE(verdict.fault == "");
  return verdict.object;
}

/// The same document wherever only the order of items differs; null and empty are as good as absent.
Json in_one_order(const Json& value) {
  if (value.is_object()) {
    Json result = Json::object();
    for (const auto& [key, one] : value.items()) {
      Json item = in_one_order(one);
      if (!item.is_null() && !(item.is_structured() && item.empty())) result[key] = std::move(item);
    }
    return Json::parse(nlohmann::json::parse(result.dump()).dump());
  }
  if (!value.is_array()) return value;
  std::vector<std::string> items;
  for (const Json& one : value)
    items.push_back(in_one_order(one).dump());
  std::sort(items.begin(), items.end());
  return items;
}

void check_both_orders(const Json& object) {
  const Json before = with_ours(with_others(with_ours(object)));  // we are asked again after others: reinvocationPolicy
  const Json after = with_ours(with_others(object));
  for (const Json& both : {before, after}) {
    REQUIRE(nothing_left_to_add(both));
    REQUIRE(ask(make_review(both)).patch.is_null());
  }
  REQUIRE(in_one_order(before) == in_one_order(after));
}

}  // namespace

TEST_CASE("before or after another injector, a deployment gets the same from us, and nothing on a further pass") {
  Json object = Json::parse(R"({
    "apiVersion": "apps/v1", "kind": "Deployment",
    "metadata": {"name": "web", "annotations": {"dotdiag.io/inject": "dotnet-dump, dotnet-monitor"}},
    "spec": {"template": {"metadata": {"annotations": {"zone": "a", "area": "b"}},
                          "spec": {"containers": [{"name": "app", "image": "registry.example.com/shop/web:1.4.2"}]}}}
  })");
  check_both_orders(object);
  const Json both = with_ours(with_others(object));
  const Json& spec = both["spec"]["template"]["spec"];
  CHECK(spec["containers"][0]["volumeMounts"].size() == 3);
  CHECK(spec["containers"][1].size() == 3);  // name, image and its own mount: the sidecar is no target
  CHECK(spec["volumes"].size() == 3);
  CHECK(both["spec"]["template"]["metadata"]["annotations"]["mesh.example.com/status"] == "injected");
}

TEST_CASE("random workloads get the same before and after another injector") {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    INFO("seed " << seed);
    check_both_orders(opted_in_workload(seed));
  }
}

}  // namespace dotdiag::test
