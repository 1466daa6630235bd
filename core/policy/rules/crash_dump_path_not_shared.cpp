#include "core/policy/rules/missing_directory.hpp"
#include "core/policy/rules/paths.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"

namespace dotdiag {
namespace {

/// Where createdump writes: the directory of DbgMiniDumpName, else that of the runtime's temporary files. Nothing where
/// it cannot be known, or depends on the image.
std::optional<std::string> dump_directory(const ContainerView& target, const Setting& name) {
  if (name.value.is_absent()) return socket_directory(target);
  if (!name.is_known()) return std::nullopt;
  if (is_absolute(name.value.value)) return directory_of(name.value.value);
  const auto base = text_member(*target.json, "workingDir");
  if (!is_absolute(base)) return std::nullopt;
  return directory_of(std::string(base) + "/" + name.value.value);
}

/// What becomes of a dump that is written to `directory`; empty where it is kept.
std::string loss(const Subject& subject, const ContainerView& target, const std::string& directory) {
  const auto mount = mount_at(subject.pod, *target.json, directory);
  if (mount && is_read_only(*mount)) return "cannot be written: " + shown(mount->path) + " is read-only";
  if (mount && is_never_created(subject.pod, target, *mount, directory))
    return "cannot be written: nobody creates " + shown(directory) + " in volume `" +
           std::string(text_member(*mount->mount, "name")) + "`";
  if (mount) return {};
  if (will_be_shared(subject, target, directory)) return {};
  if (is_true(security_field(subject.pod, *target.json, "readOnlyRootFilesystem")))
    return "cannot be written: " + shown(directory) + " is in the read-only root file system";
  return "goes to " + shown(directory) + ", and is lost when the container restarts";
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const Setting enabled = effective_setting(subject, target, "DbgEnableMiniDump");
    if (!enabled.is_known() || read_number(enabled.value.value, 10).value_or(0) == 0) continue;
    const Setting name = effective_setting(subject, target, "DbgMiniDumpName");
    const auto directory = dump_directory(target, name);
    if (!directory) continue;
    const std::string what = loss(subject, target, *directory);
    if (what.empty()) continue;
    hazards.push_back(hazard_at(target, name.value.is_absent() ? enabled.value.index : name.value.index,
                                "the crash dump of " + named(target) + " " + what,
                                "mount a volume there, or name a file on one in DOTNET_DbgMiniDumpName"));
  }
  return hazards;
}

}  // namespace

const Rule crash_dump_path_not_shared{
    "crash-dump-path-not-shared",
    Severity::warning,
    Rule::Scope::pod,
    "a crash dump is written where nobody can fetch it",
    "The runtime writes the dump into the container's own file system, which is gone once the kubelet restarts "
    "the container - and it restarts it because it crashed. An emptyDir outlives that, until the pod is deleted.",
    "Mount a volume, and name a file on it in DOTNET_DbgMiniDumpName.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/collect-dumps-crash",
    check,
};

}  // namespace dotdiag
