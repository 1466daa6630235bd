// The directories in which target and debugger are to meet, with what the pod has mounted there. Several rules judge
// these mounts; which of them speaks is decided here, so that only the most specific one does.
#pragma once

#include "core/policy/rule.hpp"
#include "core/policy/rules/mounts.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dotdiag {

/// A directory that a policy wants shared, in one target container.
struct SharedDirectory {
  ContainerView container;
  std::string variable;            ///< what names the directory: TMPDIR; empty where the policy's path is fixed
  EnvValue chosen;                 ///< the variable's value
  std::string usual;               ///< the policy's path: /tmp
  std::string path;                ///< the one used here; empty where it cannot be known, or no mount can be there
  std::optional<MountView> mount;  ///< what serves `path`
  std::string unmet;               ///< the requirement's id, where it is unmet here

  /// What only a person can make right is an error, whatever the rule that explains it says otherwise.
  Severity at_least(Severity severity) const { return unmet.empty() ? severity : Severity::error; }
};

inline SharedDirectory shared_directory(const Subject& subject, const Requirement& requirement,
                                        const ContainerView& container) {
  SharedDirectory directory;
  directory.container = container;
  directory.variable = text_member(requirement.parameters, "directoryFrom");
  directory.usual = text_member(requirement.parameters, "mountPath");
  if (!directory.variable.empty()) directory.chosen = env_value(subject.pod, *container.json, directory.variable);
  if (directory.chosen.kind == EnvValue::Kind::unknown) return directory;
  const std::string path = normal_path(directory.chosen.value.empty() ? directory.usual : directory.chosen.value);
  if (path.empty() || path.front() != '/' || path == "/") return directory;
  directory.mount = mount_at(subject.pod, *container.json, path);
  directory.path = path;
  return directory;
}

/// The directories of all targets, each once. Those of a requirement that is to be skipped are left out.
inline std::vector<SharedDirectory> shared_directories(const Subject& subject) {
  using Judged = std::pair<std::string_view, std::string_view>;  // a container's name, and a requirement's id
  std::set<Judged> met, unmet;
  for (const SharedVolume& shared : subject.evaluation.volumes)
    met.emplace(shared.container, shared.requirement);
  for (const Unmet& one : subject.evaluation.unmet)
    unmet.emplace(one.container, one.requirement);

  std::vector<SharedDirectory> directories;
  std::set<std::pair<std::string, std::string>> seen;
  const auto& targets = subject.targets();
  for (const Policy* policy : subject.policies) {
    for (const Requirement& requirement : policy->requirements) {
      if (requirement.kind != "shared-volume") continue;
      for (const ContainerView& target : targets) {
        const Judged judged(target.name(), requirement.id);
        const bool is_unmet = unmet.count(judged) > 0;
        if (!is_unmet && met.count(judged) == 0) continue;
        SharedDirectory directory = shared_directory(subject, requirement, target);
        if (!seen.emplace(target.path.text(), directory.path).second) continue;
        if (is_unmet) directory.unmet = requirement.id;
        directories.push_back(std::move(directory));
      }
    }
  }
  return directories;
}

/// True where the workload runs several pods of one template side by side.
inline bool has_several_pods(const PodView& pod) {
  const Workload& workload = pod.workload();
  if (workload.kind == "DaemonSet") return true;
  if (workload.pod_spec.size() < 2) return false;  // a Pod, which has no template
  const Json* spec = value_at(pod.document(), workload.pod_spec.parent().parent());
  return spec != nullptr && (integer_member(*spec, "replicas", 1) > 1 || integer_member(*spec, "parallelism", 1) > 1);
}

/// How other pods come to the mounted volume: `the hostPath volume \`x\``; empty where nothing says that they do.
inline std::string shared_by_pods(const Subject& subject, const MountView& mount) {
  constexpr std::array<std::string_view, 5> open_to_all = {"hostPath", "nfs", "cephfs", "glusterfs", "azureFile"};
  // An expression is there to give each pod a directory of its own: $(POD_NAME).
  if (mount.volume == nullptr || !text_member(*mount.mount, "subPathExpr").empty()) return {};
  const auto source = volume_source(*mount.volume);
  const std::string name(text_member(*mount.volume, "name"));
  if (std::find(open_to_all.begin(), open_to_all.end(), source) != open_to_all.end())
    return "the " + std::string(source) + " volume `" + name + "`";
  const Json* claim = member(*mount.volume, "persistentVolumeClaim");
  if (claim == nullptr) return {};
  const std::string claim_name(text_member(*claim, "claimName"));
  const auto known = subject.surroundings.claims.find({subject.pod.workload().name_space, claim_name});
  const bool is_shared = known == subject.surroundings.claims.end() ? has_several_pods(subject.pod) : known->second;
  return is_shared ? "the claim `" + claim_name + "`" : "";
}

/// What is wrong with a mount, the worst first: only that is told.
enum class MountFault { none, read_only, several_pods, sub_path };

/// What is wrong with what serves the directory; none where nothing is mounted.
inline MountFault mount_fault(const Subject& subject, const SharedDirectory& directory) {
  if (!directory.mount) return MountFault::none;
  if (is_read_only(*directory.mount)) return MountFault::read_only;
  if (!shared_by_pods(subject, *directory.mount).empty()) return MountFault::several_pods;
  return sub_path_field(*directory.mount).empty() ? MountFault::none : MountFault::sub_path;
}

/// The fit volume at the usual path, where the variable leads elsewhere and nothing is mounted there.
inline std::optional<MountView> missed_mount(const Subject& subject, const SharedDirectory& directory) {
  if (directory.path.empty() || directory.path == directory.usual || directory.mount) return std::nullopt;
  auto mount = mount_at(subject.pod, *directory.container.json, directory.usual);
  return mount && unfit(subject.pod, *mount).empty() ? std::move(mount) : std::nullopt;
}

}  // namespace dotdiag
