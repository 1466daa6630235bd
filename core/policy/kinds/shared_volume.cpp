// shared-volume: the target container and the debugger meet in a directory, which is an emptyDir of the pod.
//
// Volumes cannot be added to a running pod, so the directory has to be a volume before the trouble starts. It is chosen
// so:
//   1. The directory is the one that the variable `directoryFrom` names (TMPDIR: the runtime puts its socket there);
//      without it, `mountPath`.
//   2. A volume that already serves the directory is shared, if an ephemeral container can mount it and write to it.
//   3. Else a volume is added there. If something unfit is mounted right there, the user's mount stays and
//      `fallbackPath` is the directory; a requirement further down lets the variable follow.
#include "core/policy/dump_size.hpp"
#include "core/policy/kinds.hpp"
#include "core/policy/rules/mounts.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// True where the name `name` is none of ours: the volume has another source, or is mounted somewhere else. A name that
/// is mounted although the pod has no such volume is left alone too: adding one would give meaning to a mistake.
bool is_taken(const PodView& pod, const std::string& name, const std::string& path) {
  const Json* volume = pod.volume(name);
  if (volume != nullptr && volume_source(*volume) != "emptyDir") return true;
  for (const auto* containers : {&pod.containers(), &pod.native_sidecars(), &pod.init_containers()}) {
    for (const ContainerView& container : *containers) {
      for (const Json& mount : items_member(*container.json, "volumeMounts")) {
        if (text_member(mount, "name") != name) continue;
        if (volume == nullptr || normal_path(text_member(mount, "mountPath")) != path) return true;
      }
    }
  }
  return false;
}

/// The policy's size, or what a dump of the biggest target needs, if that is more: a volume that outgrows its limit
/// gets the pod evicted, and the dump is lost with it.
std::string size_limit(const Check& check) {
  if (check.choices.size_limit) return check.choices.size_limit->text();
  auto size = Quantity::parse(check.parameter("sizeLimit"));
  const Json* factor = member(check.requirement.parameters, "sizeLimitPerMemory");
  if (!size || factor == nullptr) return std::string(check.parameter("sizeLimit"));
  const auto more = Quantity::parse(check.parameter("sizeLimitBesideMemory")).value_or(Quantity::bytes(0));
  for (const Pointer& target : check.evaluation.targets) {
    const auto limit = limit_of(*value_at(check.pod.document(), target), "memory");
    if (!limit || limit->value() <= 0) continue;
    const Quantity needed = scaled_and_more(*limit, factor->get<double>(), more);
    if (needed.value() > size->value()) size = needed;
  }
  return size->text();
}

Edits add_volume(const Check& check, const std::string& name, const std::string& path) {
  Edits edits;
  const Json& document = check.pod.document();
  if (check.pod.volume(name) == nullptr) {
    Json volume = object_of({{"name", name}});
    put_member(volume, "emptyDir", object_of({{"sizeLimit", size_limit(check)}}));
    edits.push_back(append_item(document, check.pod.spec_path() / "volumes", std::move(volume)));
  }
  edits.push_back(
      append_item(document, check.container->path / "volumeMounts", object_of({{"name", name}, {"mountPath", path}})));
  return edits;
}

bool can_be_mounted(std::string_view path) {
  return path.front() == '/' && normal_path(path) != "/";
}

void note_volume(const Check& check, std::string volume, std::string path, std::string directory) {
  check.evaluation.volumes.push_back({std::string(check.container->name()), check.requirement.id, std::move(volume),
                                      std::move(path), std::move(directory)});
}

/// A volume that is there keeps its size, whatever dotdiag.io/size-limit says. That is said once for each volume.
void warn_of_other_size(const Check& check, const MountView& mount) {
  if (!check.choices.size_limit) return;
  const auto size = quantity_at(*mount.volume, Pointer{} / "emptyDir" / "sizeLimit");
  if (size && size->value() == check.choices.size_limit->value()) return;
  const std::string name(text_member(*mount.volume, "name"));
  const auto& noted = check.evaluation.volumes;
  if (std::any_of(noted.begin(), noted.end(), [&](const SharedVolume& shared) { return shared.volume == name; }))
    return;
  check.warn(check.container->path / "volumeMounts" / mount.index,
             "volume `" + name + "` is there and keeps its size (" + (size ? size->text() : "no limit") + ")",
             "set sizeLimit " + check.choices.size_limit->text() + " on it");
}

/// The mount at or above `directory`, noted as shared, if it is fit for that.
bool shares_existing(const Check& check, const std::string& directory) {
  const auto mount = mount_at(check.pod, *check.container->json, directory);
  if (!mount || !unfit(check.pod, *mount).empty()) return false;
  warn_of_other_size(check, *mount);
  note_volume(check, std::string(text_member(*mount->mount, "name")), mount->path, directory);
  return true;
}

/// Mounts a volume at `directory`, where no mount of the user's stands in the way.
Unmet mount_new(const Check& check, const std::string& directory) {
  std::string name(check.parameter("volume"));
  if (is_taken(check.pod, name, directory)) name += "-dotdiag";
  if (is_taken(check.pod, name, directory)) {
    return check.conflict(check.pod.spec_path() / "volumes",
                          "the volumes `" + std::string(check.parameter("volume")) + "` and `" + name + "` are taken",
                          "mount an emptyDir at " + directory);
  }
  note_volume(check, name, directory, directory);
  return check.missing(check.subject() + " has no volume at " + directory + " that a debugger could share",
                       "mount an emptyDir at " + directory, add_volume(check, name, directory));
}

}  // namespace

std::optional<Unmet> check_shared_volume(const Check& check) {
  const std::string variable(check.parameter("directoryFrom"));
  std::string directory(check.parameter("mountPath"));
  const EnvValue chosen = variable.empty() ? EnvValue{} : env_value(check.pod, *check.container->json, variable);
  const Pointer chosen_at = check.container->path / "env" / chosen.index;
  if (chosen.kind == EnvValue::Kind::unknown) {
    return check.conflict(chosen_at, check.subject() + " has an unknown " + variable + " (" + chosen.why_unknown + ")",
                          "set a literal path");
  }
  bool is_chosen = !chosen.value.empty();
  if (is_chosen && !can_be_mounted(chosen.value)) {
    if (!check.choices.override_conflicts) {
      return check.conflict(
          chosen_at, check.subject() + " sets " + variable + "=" + chosen.value + ", where no volume can be mounted",
          "set " + variable + "=" + directory);
    }
    is_chosen = false;  // the requirement that sets the variable replaces its value
  }
  if (is_chosen) directory = normal_path(chosen.value);
  if (shares_existing(check, directory)) return std::nullopt;

  const auto mount = mount_at(check.pod, *check.container->json, directory);
  if (!mount) return mount_new(check, directory);

  const std::string what = check.subject() + " has " + unfit(check.pod, *mount);
  const std::string why(why_unfit(check.pod, *mount));
  const std::string reason = what + (why.empty() ? "" : ", " + why + ",") + " at " + mount->path;
  const std::string fallback(check.parameter("fallbackPath"));
  if (fallback.empty() || (is_chosen && !check.choices.override_conflicts)) {
    return check.conflict(check.container->path / "volumeMounts" / mount->index, reason,
                          "mount an emptyDir at " + directory);
  }
  if (shares_existing(check, fallback)) return std::nullopt;
  if (mount_at(check.pod, *check.container->json, fallback)) {
    return check.conflict(check.container->path / "volumeMounts" / mount->index,
                          reason + ", and another mount at " + fallback, "mount an emptyDir at " + directory);
  }
  check.warn(check.container->path / "volumeMounts" / mount->index, what + " at " + mount->path,
             fallback + " is shared instead");
  return mount_new(check, fallback);
}

}  // namespace dotdiag
