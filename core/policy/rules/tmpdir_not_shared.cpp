#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/shared_directories.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const SharedDirectory& directory : subject.ask(shared_directories)) {
    const auto missed = missed_mount(subject, directory);
    if (!missed) continue;
    const std::string volume = "`" + std::string(text_member(*missed->mount, "name")) + "`";
    Hazard hazard;
    hazard.container = std::string(directory.container.name());
    hazard.at = directory.container.path / "env" / directory.chosen.index;
    hazard.message = "the socket of " + named(directory.container) + " goes to " + directory.path + " (" +
                     directory.variable + "), not to " + directory.usual + ", where volume " + volume + " is";
    hazard.remedy = "mount " + volume + " at " + directory.path + ", or remove " + directory.variable;
    hazard.instead_of = directory.unmet;
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule tmpdir_not_shared{
    "tmpdir-not-shared",
    Severity::error,
    Rule::Scope::pod,
    "TMPDIR leads the diagnostic socket away from the volume at /tmp",
    "The runtime puts its socket into $TMPDIR, not into /tmp. A debugger that shares /tmp does not see it: "
    "dotnet-dump answers \"No supported .NET processes were found\", or \"Unable to connect to Process N. Please "
    "verify that /tmp/ is writable by the current user. If the target process has environment variable TMPDIR set, "
    "please set TMPDIR to the same directory\".",
    "Mount the volume at the directory that TMPDIR names, or remove TMPDIR.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
