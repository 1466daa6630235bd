// The API server's rules for a new ephemeral container, written a second time: as a witness for what we build.
// Source: kubernetes/kubernetes, pkg/apis/core/validation/validation.go (validateEphemeralContainers,
// ValidateContainer).
#pragma once

#include "core/document/json.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace dotdiag::test {

using Problems = std::vector<std::string>;

/// `pod` as the API server stores it with `container` added to its ephemeral containers.
inline Json with_debugger(Json pod, const Json& container) {
  Json& list = pod["spec"]["ephemeralContainers"];
  if (!list.is_array()) list = Json::array();
  list.push_back(container);
  return pod;
}

inline bool is_dns_label(const std::string& name) {
  const auto is_legal = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !name.empty() && name.size() <= 63 && std::all_of(name.begin(), name.end(), is_legal) && name.front() != '-' &&
         name.back() != '-';
}

/// The names in the pod's lists.
inline std::multiset<std::string> names_in(const Json& spec, const std::vector<const char*>& lists) {
  std::multiset<std::string> names;
  for (const char* list : lists) {
    for (const Json& item : items_member(spec, list))
      names.emplace(text_member(item, "name"));
  }
  return names;
}

inline void check_fields(const Json& container, Problems& problems) {
  static const std::set<std::string> allowed = {
      "name",
      "image",
      "command",
      "args",
      "workingDir",
      "envFrom",
      "env",
      "stdin",
      "volumeMounts",
      "volumeDevices",
      "stdinOnce",
      "terminationMessagePath",
      "tty",
      "imagePullPolicy",
      "securityContext",
      "targetContainerName",
      "terminationMessagePolicy",
  };
  for (const auto& [field, value] : container.items()) {
    if (!allowed.contains(field)) problems.push_back(field + ": cannot be set for an Ephemeral Container");
  }
}

inline void check_mounts(const Json& spec, const Json& container, Problems& problems) {
  const auto volumes = names_in(spec, {"volumes"});
  std::set<std::string> paths;
  for (const Json& mount : items_member(container, "volumeMounts")) {
    const std::string name(text_member(mount, "name"));
    const std::string path(text_member(mount, "mountPath"));
    if (!volumes.contains(name)) problems.push_back("volumeMounts: Not found: " + name);
    if (path.empty() || path.find(':') != std::string::npos) problems.push_back("mountPath: Invalid: " + path);
    if (!paths.insert(path).second) problems.push_back("mountPath: must be unique: " + path);
    for (const char* field : {"subPath", "subPathExpr"}) {
      if (mount.contains(field)) problems.push_back(std::string(field) + ": cannot be set for an Ephemeral Container");
    }
  }
}

inline void check_env(const Json& container, Problems& problems) {
  std::set<std::string> seen;
  for (const Json& variable : items_member(container, "env")) {
    const std::string name(text_member(variable, "name"));
    if (name.empty() || name.find('=') != std::string::npos) problems.push_back("env: Invalid name: " + name);
    if (!seen.insert(name).second) problems.push_back("env: twice: " + name);  // legal, but never ours
    if (!variable.contains("value") || !variable.at("value").is_string()) problems.push_back("env: no text: " + name);
  }
}

inline void check_security(const Json& container, Problems& problems) {
  const Json* context = member(container, "securityContext");
  if (context == nullptr) return;
  const bool is_root = context->value("runAsUser", -1) == 0;
  if (is_root && context->value("runAsNonRoot", false))
    problems.push_back("runAsUser 0 breaks runAsNonRoot: the container would not start");
  const Json* capabilities = member(*context, "capabilities");
  const Json none = Json::object();
  const auto& added = items_member(capabilities == nullptr ? none : *capabilities, "add");
  const bool is_admin = std::find(added.begin(), added.end(), "SYS_ADMIN") != added.end();
  if (is_admin && !context->value("allowPrivilegeEscalation", true))
    problems.push_back("cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
  for (const char* field : {"runAsUser", "runAsGroup"}) {
    const Json* id = member(*context, field);
    if (id != nullptr && (!id->is_number_integer() || id->get<std::int64_t>() < 0))
      problems.push_back(std::string(field) + ": must be between 0 and 2147483647");
  }
}

/// What the API server (and, for the last, the kubelet) would object to when `container` is added to `pod`.
inline Problems api_problems(const Json& pod, const Json& container) {
  Problems problems;
  const Json& spec = pod.at("spec");
  const std::string name(text_member(container, "name"));
  if (!is_dns_label(name)) problems.push_back("name: not a DNS label: " + name);
  if (names_in(spec, {"containers", "initContainers", "ephemeralContainers"}).contains(name))
    problems.push_back("name: Duplicate value: " + name);
  if (text_member(container, "image").empty()) problems.push_back("image: Required value");
  if (container.contains("targetContainerName") &&
      !names_in(spec, {"containers", "initContainers"})
           .contains(std::string(text_member(container, "targetContainerName"))))
    problems.push_back("targetContainerName: Not found");
  check_fields(container, problems);
  check_mounts(spec, container, problems);
  check_env(container, problems);
  check_security(container, problems);
  return problems;
}

}  // namespace dotdiag::test
