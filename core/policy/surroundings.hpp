// What a manifest does not say about the place where it will run. All of it may be unknown.
#pragma once

#include "core/policy/version.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace dotdiag {

/// The Pod Security Standard that a namespace enforces.
enum class PodSecurity { unknown, privileged, baseline, restricted };

/// A platform with admission rules of its own.
enum class Platform { unknown, openshift, fargate, autopilot };

struct Surroundings {
  PodSecurity pod_security = PodSecurity::unknown;
  Platform platform = Platform::unknown;
  std::optional<Version> kubernetes;
  std::optional<Version> runtime;  ///< of .NET, where an image does not say which it has

  std::string inject_default;  ///< what the namespace's label dotdiag.io/inject-default says; empty: nothing

  /// The PersistentVolumeClaims that were seen, by namespace and name: true where several pods may write to one.
  std::map<std::pair<std::string, std::string>, bool> claims;

  /// True where a container that adds SYS_PTRACE would not be admitted, or never be scheduled.
  bool refuses_ptrace() const {
    return enforces_pod_security() || platform == Platform::openshift || platform == Platform::fargate;
  }
  /// True where Pod Security refuses what only the level `privileged` allows.
  bool enforces_pod_security() const {
    return pod_security == PodSecurity::baseline || pod_security == PodSecurity::restricted;
  }
};

/// The level called `privileged`, `baseline` or `restricted`; nothing for other names.
std::optional<PodSecurity> pod_security_named(std::string_view name);

/// The platform called `openshift`, `fargate` or `autopilot`; nothing for other names.
std::optional<Platform> platform_named(std::string_view name);

}  // namespace dotdiag
