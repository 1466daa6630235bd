#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  // OpenShift gives all containers of a pod the same user, and refuses others.
  if (subject.surroundings.platform == Platform::openshift) return {};
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    if (user_of(subject, target)) continue;
    hazards.push_back({std::string(target.name()), target.path,
                       "which user " + named(target) + " runs as, only its image says",
                       "set runAsUser and runAsGroup"});
  }
  return hazards;
}

}  // namespace

const Rule uid_unknown{
    "uid-unknown",
    Severity::note,
    Rule::Scope::pod,
    "the manifest does not say as which user the application runs",
    "Only the application's own user, or root, may open its diagnostic socket and read its dump. A debugger with "
    "another user gets \"SocketException (13): Permission denied\", and which one is right stands only in the image.",
    "Set runAsUser and runAsGroup to what the image uses (1654 in Microsoft's chiseled images), so that a debugger "
    "can be given the same.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/compatibility/8.0/README.md",
    check,
};

}  // namespace dotdiag
