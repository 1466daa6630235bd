#include "core/policy/surroundings.hpp"

namespace dotdiag {

std::optional<PodSecurity> pod_security_named(std::string_view name) {
  if (name == "privileged") return PodSecurity::privileged;
  if (name == "baseline") return PodSecurity::baseline;
  if (name == "restricted") return PodSecurity::restricted;
  return std::nullopt;
}

std::optional<Platform> platform_named(std::string_view name) {
  if (name == "openshift") return Platform::openshift;
  if (name == "fargate") return Platform::fargate;
  if (name == "autopilot") return Platform::autopilot;
  return std::nullopt;
}

}  // namespace dotdiag
