#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/shared_directories.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const SharedDirectory& directory : subject.ask(shared_directories)) {
    if (mount_fault(subject, directory) != MountFault::sub_path) continue;
    const MountView& mount = *directory.mount;
    const auto field = sub_path_field(mount);
    Hazard hazard;
    hazard.container = std::string(directory.container.name());
    hazard.at = directory.container.path / "volumeMounts" / mount.index / field;
    hazard.message = "no ephemeral container can mount what " + named(directory.container) + " has at " +
                     directory.path + ", a " + std::string(field) + " of `" +
                     std::string(text_member(*mount.mount, "name")) + "`";
    hazard.remedy = "mount an emptyDir of its own at " + directory.path;
    hazard.severity = directory.at_least(Severity::warning);
    hazard.instead_of = directory.unmet;
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule tmp_mount_subpath{
    "tmp-mount-subpath",
    Severity::warning,
    Rule::Scope::pod,
    "the shared directory is a part of a volume, which an ephemeral container cannot mount",
    "The API server refuses subPath and subPathExpr in ephemeral containers (\"Forbidden: cannot be set for an "
    "Ephemeral Container\"). One that mounts the whole volume sees the socket at another path, and a dump that is "
    "written to /tmp is not at /tmp for the debugger.",
    "Mount an emptyDir of its own at that path.",
    "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#EphemeralContainer",
    check,
};

}  // namespace dotdiag
