// The Pod Security Standards for a pod and its containers, the ephemeral ones included, written a second time: as a
// witness for what we build. Of the fields that no generated pod has (host ports, sysctls, SELinux) nothing is said.
// Source: kubernetes.io, Pod Security Standards; kubernetes/pod-security-admission, policy.
#pragma once

#include "core/document/json.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace dotdiag::test {

class PodSecurityRules {
 public:
  explicit PodSecurityRules(const Json& pod) : spec_(pod.at("spec")) {}

  bool keeps_baseline() const {
    for (const char* field : {"hostPID", "hostNetwork", "hostIPC"})
      if (is(spec_, field, true)) return false;
    return no_volume_is({"hostPath"}) && all([this](const Json& one) { return is_baseline(one); });
  }

  bool keeps_restricted() const {
    return keeps_baseline() && has_only_restricted_volumes() &&
           all([this](const Json& one) { return is_restricted(one); });
  }

 private:
  static bool is(const Json& object, const char* field, bool wanted) {
    const Json* value = object.is_object() ? member(object, field) : nullptr;
    return value != nullptr && *value == wanted;
  }

  template <typename Holds>
  bool all(Holds holds) const {
    for (const char* list : {"containers", "initContainers", "ephemeralContainers"}) {
      const auto& containers = items_member(spec_, list);
      if (!std::all_of(containers.begin(), containers.end(), holds)) return false;
    }
    return true;
  }

  /// A field of the container's securityContext, or of the pod's where that counts.
  const Json* field(const Json& container, const char* name, bool or_of_pod) const {
    for (const Json* object : {&container, or_of_pod ? &spec_ : &container}) {
      const Json* context = member(*object, "securityContext");
      const Json* value = context == nullptr ? nullptr : member(*context, name);
      if (value != nullptr) return value;
    }
    return nullptr;
  }

  static const Json::array_t& listed(const Json* capabilities, const char* list) {
    static const Json none = Json::object();
    return items_member(capabilities == nullptr ? none : *capabilities, list);
  }

  bool adds_only(const Json& container, const std::set<std::string>& allowed) const {
    const auto& added = listed(field(container, "capabilities", false), "add");
    return std::all_of(added.begin(), added.end(),
                       [&](const Json& one) { return one.is_string() && allowed.contains(one.get<std::string>()); });
  }

  bool is_baseline(const Json& container) const {
    static const std::set<std::string> allowed = {"AUDIT_WRITE", "CHOWN",  "DAC_OVERRIDE",     "FOWNER",  "FSETID",
                                                  "KILL",        "MKNOD",  "NET_BIND_SERVICE", "SETFCAP", "SETGID",
                                                  "SETPCAP",     "SETUID", "SYS_CHROOT"};
    const Json* privileged = field(container, "privileged", false);
    return (privileged == nullptr || *privileged == false) && adds_only(container, allowed);
  }

  bool is_restricted(const Json& container) const {
    const Json* escalates = field(container, "allowPrivilegeEscalation", false);
    const Json* non_root = field(container, "runAsNonRoot", true);
    const Json* user = field(container, "runAsUser", true);
    const Json* seccomp = field(container, "seccompProfile", true);
    const auto& dropped = listed(field(container, "capabilities", false), "drop");
    const bool drops_all = std::find(dropped.begin(), dropped.end(), "ALL") != dropped.end();
    const bool has_profile = seccomp != nullptr && text_member(*seccomp, "type") == "RuntimeDefault";
    return escalates != nullptr && *escalates == false && non_root != nullptr && *non_root == true &&
           (user == nullptr || *user != 0) && has_profile && drops_all && adds_only(container, {"NET_BIND_SERVICE"});
  }

  bool no_volume_is(const std::set<std::string>& sources) const {
    const auto& volumes = items_member(spec_, "volumes");
    return std::none_of(volumes.begin(), volumes.end(), [&](const Json& volume) {
      return std::any_of(sources.begin(), sources.end(),
                         [&](const std::string& source) { return volume.is_object() && volume.contains(source); });
    });
  }

  bool has_only_restricted_volumes() const {
    return no_volume_is({"hostPath", "nfs", "gcePersistentDisk", "awsElasticBlockStore", "iscsi", "cephfs"});
  }

  const Json& spec_;
};

}  // namespace dotdiag::test
