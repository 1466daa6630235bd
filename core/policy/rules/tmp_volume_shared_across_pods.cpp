#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/shared_directories.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const SharedDirectory& directory : subject.ask(shared_directories)) {
    if (mount_fault(subject, directory) != MountFault::several_pods) continue;
    const MountView& mount = *directory.mount;
    Hazard hazard;
    hazard.container = std::string(directory.container.name());
    hazard.at = directory.container.path / "volumeMounts" / mount.index;
    hazard.message = named(directory.container) + " shares " + directory.path + " with other pods, through " +
                     shared_by_pods(subject, mount);
    hazard.remedy = "mount an emptyDir at " + directory.path;
    hazard.instead_of = directory.unmet;
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule tmp_volume_shared_across_pods{
    "tmp-volume-shared-across-pods",
    Severity::error,
    Rule::Scope::pod,
    "several pods put their diagnostic sockets into one directory",
    "The name of a socket is made of the process number, and each pod counts its own: in a directory that several "
    "pods share, a tool finds the sockets of all of them, takes the newest for its own, and then fails with "
    "\"Connection refused\" or, on a network file system, finds none that works.",
    "Mount an emptyDir there: each pod has one of its own, and it goes with the pod.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
