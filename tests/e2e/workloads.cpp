#include "tests/e2e/workloads.hpp"

#include "core/document/workload.hpp"
#include "core/edit/yaml_writer.hpp"

#include <regex>

namespace dotdiag::test {
namespace {

/// The volume with the service account's token has five random letters in its name, and a Job's selector has its uid.
Json without_random_names(const Json& object) {
  static const std::regex random("kube-api-access-[a-z0-9]{5}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  return Json::parse(std::regex_replace(object.dump(), random, "random"));
}

Json without_volatile_members(const Json& object) {
  Json result = without_random_names(object);
  result.erase("status");
  for (const char* name :
       {"uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "namespace", "selfLink"})
    result.at("metadata").erase(name);
  result.at("metadata").at("annotations").erase("kubectl.kubernetes.io/last-applied-configuration");
  return result;
}

const Json& at_or_null(const Json& value, const std::string& key) {
  static const Json null;
  const Json* found = member(value, key);
  return found == nullptr ? null : *found;
}

const Json& at_or_null(const Json& value, std::size_t index) {
  static const Json null;
  return value.is_array() && index < value.size() ? value[index] : null;
}

Json asked_for(const Json& stored, const Json& plain, const Json& applied);

/// True where nobody but the API server wrote this part.
bool is_default(const Json& stored, const Json& plain, const Json& applied) {
  return applied.is_null() && stored == plain;
}

Json asked_for_members(const Json& stored, const Json& plain, const Json& applied) {
  Json result = Json::object();
  for (const auto& [key, value] : stored.items()) {
    const Json& before = at_or_null(plain, key);
    const Json& wanted = at_or_null(applied, key);
    if (!is_default(value, before, wanted)) result[key] = asked_for(value, before, wanted);
  }
  return result;
}

/// Lists are compared place by place: the webhook only appends.
Json asked_for_items(const Json& stored, const Json& plain, const Json& applied) {
  Json result = Json::array();
  for (std::size_t i = 0; i < stored.size(); ++i) {
    const Json& before = at_or_null(plain, i);
    const Json& wanted = at_or_null(applied, i);
    if (!is_default(stored[i], before, wanted)) result.push_back(asked_for(stored[i], before, wanted));
  }
  return result;
}

Json asked_for(const Json& stored, const Json& plain, const Json& applied) {
  if (stored.is_object()) return asked_for_members(stored, plain, applied);
  return stored.is_array() ? asked_for_items(stored, plain, applied) : stored;
}

}  // namespace

Json deployment(const std::string& name) {
  const Json labels = {{"app", name}};
  const Json container = {{"name", "web"}, {"image", "registry.example.com/shop/web:1.4.2"}};
  return {{"apiVersion", "apps/v1"},
          {"kind", "Deployment"},
          {"metadata", {{"name", name}, {"annotations", {{"dotdiag.io/inject", "true"}}}}},
          {"spec",
           {{"replicas", 2},
            {"selector", {{"matchLabels", labels}}},
            {"template", {{"metadata", {{"labels", labels}}}, {"spec", {{"containers", Json::array({container})}}}}}}}};
}

Json without_defaults(Json stored, Json plain, const Json& applied) {
  return asked_for(without_volatile_members(stored), without_volatile_members(plain), applied);
}

Json pod_of(const Json& workload) {
  const Workload found = *as_workload(workload);
  const Json* metadata = value_at(workload, found.pod_metadata);
  Json pod = {{"apiVersion", "v1"}, {"kind", "Pod"}, {"metadata", {{"name", found.name}}}};
  if (metadata != nullptr) pod["metadata"]["annotations"] = metadata->value("annotations", Json::object());
  pod["spec"] = *value_at(workload, found.pod_spec);
  return pod;
}

std::string yaml_text(const Json& value) {
  return write_block(value, 0, {});
}

}  // namespace dotdiag::test
