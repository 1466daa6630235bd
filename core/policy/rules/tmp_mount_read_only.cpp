#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/shared_directories.hpp"

namespace dotdiag {
namespace {

/// The mount is the mistake only where it makes an emptyDir read-only: the other volumes are so by what they are.
bool is_empty_dir(const MountView& mount) {
  return mount.volume != nullptr && volume_source(*mount.volume) == "emptyDir";
}

std::string what_is_mounted(const MountView& mount) {
  const std::string name = " volume `" + std::string(text_member(*mount.mount, "name")) + "`";
  return mount.volume == nullptr ? "the" + name : "the " + std::string(volume_source(*mount.volume)) + name;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const SharedDirectory& directory : subject.ask(shared_directories)) {
    if (mount_fault(subject, directory) != MountFault::read_only) continue;
    const MountView& mount = *directory.mount;
    const Pointer mounted_at = directory.container.path / "volumeMounts" / mount.index;
    const bool by_mount = is_true(member(*mount.mount, "readOnly"));
    Hazard hazard;
    hazard.container = std::string(directory.container.name());
    hazard.at = by_mount ? mounted_at / "readOnly" : mounted_at;
    hazard.message = named(directory.container) + " cannot write to " + directory.path + ": " + what_is_mounted(mount) +
                     " is read-only there";
    hazard.remedy = is_empty_dir(mount) ? "take readOnly off" : "mount an emptyDir at " + directory.path;
    hazard.instead_of = directory.unmet;
    if (is_empty_dir(mount)) hazard.fix.push_back(removed(mounted_at / "readOnly"));
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule tmp_mount_read_only{
    "tmp-mount-read-only",
    Severity::error,
    Rule::Scope::pod,
    "the directory that target and debugger share is read-only",
    "The runtime creates its diagnostic socket in $TMPDIR (default /tmp), and the application writes its dump where "
    "the debugger reads it. Where that is read-only, .NET 7 and older do not start (\"Failed to create CoreCLR, "
    "HRESULT: 0x80004005\" or \"0x8007000E\"), .NET 8 and newer start without a socket, and dotnet-dump answers \"No "
    "supported .NET processes were found\".",
    "Mount an emptyDir there, without readOnly. What comes from a ConfigMap or Secret can be mounted elsewhere.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
