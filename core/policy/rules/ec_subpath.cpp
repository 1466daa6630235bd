#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  std::vector<Hazard> hazards;
  std::size_t index = 0;
  for (const Json& mount : items_member(*debugger.json, "volumeMounts")) {
    const Pointer at = debugger.path / "volumeMounts" / index++;
    MountView view;
    view.mount = &mount;
    const auto field = sub_path_field(view);
    if (field.empty()) continue;
    hazards.push_back({std::string(debugger.name()), at / field,
                       named_debugger(debugger) + " mounts `" + std::string(text_member(mount, "name")) + "` with a " +
                           std::string(field) + ", which no ephemeral container may do",
                       "mount the whole volume"});
  }
  return hazards;
}

}  // namespace

const Rule ec_subpath{
    "ec-subpath",
    Severity::error,
    Rule::Scope::debugger,
    "an ephemeral container mounts a part of a volume",
    "The API server refuses subPath and subPathExpr in the volumeMounts of an ephemeral container: "
    "\"volumeMounts[0].subPath: Forbidden: cannot be set for an Ephemeral Container\". A target that mounts its "
    "directory through a subPath therefore cannot share it.",
    "Mount the whole volume. If the target itself uses a subPath there, give it an emptyDir of its own.",
    "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
    check,
};

}  // namespace dotdiag
