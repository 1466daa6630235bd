#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// The containers that keep their default diagnostic sockets in the volume of `shared`.
std::size_t count_sharing(const Subject& subject, const SharedVolume& shared) {
  const auto& volumes = subject.evaluation.volumes;
  return static_cast<std::size_t>(std::count_if(volumes.begin(), volumes.end(), [&](const SharedVolume& other) {
    return other.volume == shared.volume && other.requirement == shared.requirement;
  }));
}

bool holds_sockets(const Subject& subject, const SharedVolume& shared) {
  return std::any_of(subject.policies.begin(), subject.policies.end(), [&](const Policy* policy) {
    const Requirement* requirement = policy->find(shared.requirement);
    return requirement != nullptr && !text_member(requirement->parameters, "directoryFrom").empty();
  });
}

std::vector<Hazard> check(const Subject& subject) {
  const Json* shared_pid = member(subject.pod.spec(), "shareProcessNamespace");
  if (subject.pod.host_pid() || (shared_pid != nullptr && *shared_pid == true)) return {};
  for (const SharedVolume& shared : subject.evaluation.volumes) {
    if (!holds_sockets(subject, shared) || count_sharing(subject, shared) < 2) continue;
    return {{shared.container, subject.pod.spec_path() / "volumes",
             "several process-1 sockets share `" + shared.volume + "`", "set shareProcessNamespace: true"}};
  }
  return {};
}

}  // namespace

const Rule shared_tmp_without_shared_pid{
    "shared-tmp-without-shared-pid",
    Severity::warning,
    "several containers that are all process 1 share the directory of their sockets",
    "In process namespaces of their own all applications are process 1, so their sockets in one volume differ only by "
    "their start time. "
    "A tool that is asked for process 1 takes the newest, which may be the wrong application.",
    "Share the process namespace, or give each container a volume of its own.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
