#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/shared_directories.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  const Pointer field = Pointer{} / "securityContext" / "readOnlyRootFilesystem";
  std::vector<Hazard> hazards;
  for (const SharedDirectory& directory : subject.ask(shared_directories)) {
    const bool has_socket = !directory.variable.empty() && !directory.path.empty();
    if (!has_socket || directory.mount || missed_mount(subject, directory)) continue;
    if (!is_true(value_at(*directory.container.json, field))) continue;
    Hazard hazard;
    hazard.container = std::string(directory.container.name());
    hazard.at = directory.container.path / field;
    hazard.message = named(directory.container) + " cannot create its diagnostic socket in " + directory.path +
                     ": its root file system is read-only";
    hazard.remedy = "mount an emptyDir at " + directory.path;
    hazard.instead_of = directory.unmet;
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule readonly_rootfs_no_tmp{
    "readonly-rootfs-no-tmp",
    Severity::error,
    Rule::Scope::pod,
    "the root file system is read-only and there is no volume for the diagnostic socket",
    ".NET 7 and older do not start where they cannot write to $TMPDIR (default /tmp): \"Failed to create CoreCLR, "
    "HRESULT: 0x80004005\" or \"0x8007000E\". .NET 8 and newer start without a diagnostic port and do not say so; "
    "dotnet-dump then answers \"No supported .NET processes were found\". Turning diagnostics off makes the "
    "application start as well, but nothing can look into it any more.",
    "Mount an emptyDir at /tmp, and keep readOnlyRootFilesystem.",
    "https://github.com/dotnet/runtime/issues/46093",
    check,
};

}  // namespace dotdiag
