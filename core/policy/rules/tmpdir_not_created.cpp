#include "core/policy/rules/missing_directory.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"
#include "core/policy/rules/shared_directories.hpp"

namespace dotdiag {
namespace {

constexpr int first_that_starts = 8;

std::string effect(const Subject& subject, const ContainerView& target) {
  return runs_before(subject, target, first_that_starts) ? "does not start" : "has no diagnostic socket";
}

/// True where it is known what starts in the container. An image of somebody's own may begin with a script that makes
/// directories.
bool is_start_known(const ContainerView& target) {
  return Image::parse(target.image()).is_dotnet() || !items_member(*target.json, "command").empty();
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const SharedDirectory& directory : subject.ask(shared_directories)) {
    if (directory.chosen.value.empty() || !directory.mount) continue;
    const ContainerView& target = directory.container;
    if (!is_never_created(subject.pod, target, *directory.mount, directory.path)) continue;
    const std::string volume = "`" + std::string(text_member(*directory.mount->mount, "name")) + "`";
    Hazard hazard = hazard_at(
        target, directory.chosen.index,
        named(target) + " " + effect(subject, target) + ": nobody creates " + directory.path + " in volume " + volume,
        "set " + directory.variable + "=" + directory.mount->path + ", or mount an emptyDir at " + directory.path);
    hazard.severity = is_start_known(target) ? Severity::error : Severity::warning;
    hazard.instead_of = directory.unmet;
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule tmpdir_not_created{
    "tmpdir-not-created",
    Severity::error,
    Rule::Scope::pod,
    "TMPDIR names a directory in an empty volume, and nobody creates it",
    "The runtime does not create the directory that TMPDIR names, and neither does Kubernetes: an emptyDir is empty, "
    "whatever the image has at that path. .NET 7 and older then do not start (\"Failed to create CoreCLR, HRESULT: "
    "0x80004005\" or \"0x8007000E\"), newer ones run without a diagnostic socket and do not say so; dotnet-dump "
    "answers \"No supported .NET processes were found\".",
    "Let TMPDIR be the path at which the volume is mounted, or mount a volume at TMPDIR. An init container that "
    "makes the directory does as well, and so does a script of the image that does so before it starts the "
    "application.",
    "https://github.com/dotnet/runtime/pull/90161",
    check,
};

}  // namespace dotdiag
