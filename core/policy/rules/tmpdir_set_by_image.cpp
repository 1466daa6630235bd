#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"

namespace dotdiag {
namespace {

/// The directory that a policy wants shared where nothing else is chosen: `/tmp`; empty where no policy follows TMPDIR.
std::string usual_directory(const Subject& subject) {
  for (const Policy* policy : subject.policies) {
    for (const Requirement& requirement : policy->requirements) {
      if (text_member(requirement.parameters, "directoryFrom") == "TMPDIR")
        return normal_path(text_member(requirement.parameters, "mountPath"));
    }
  }
  return {};
}

std::vector<Hazard> check(const Subject& subject) {
  const std::string usual = usual_directory(subject);
  if (usual.empty()) return {};
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const ImageFacts* facts = subject.facts_of(target);
    const auto* variable = facts == nullptr ? nullptr : facts->variable("TMPDIR");
    if (variable == nullptr || variable->value.empty() || normal_path(variable->value) == usual) continue;
    if (!env_value(*target.json, "TMPDIR").is_absent()) continue;
    Hazard hazard;
    hazard.container = std::string(target.name());
    hazard.at = target.path;
    hazard.message = "the image of " + named(target) + " sets TMPDIR=" + shown(variable->value) + " (" +
                     variable->where + "), so its diagnostic socket is not in " + usual;
    hazard.remedy = "set TMPDIR=" + usual;
    hazard.instead_of = unmet_variable(subject, target, "TMPDIR");
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule tmpdir_set_by_image{
    "tmpdir-set-by-image",
    Severity::error,
    Rule::Scope::pod,
    "the image sets TMPDIR, and the manifest does not set it back",
    "The runtime puts its diagnostic socket into $TMPDIR. Where the image chooses that directory, a debugger that "
    "shares "
    "/tmp sees no socket, and dotnet-dump answers \"No supported .NET processes were found\". Nothing in the manifest "
    "shows it; it was read in the Dockerfile.",
    "Set TMPDIR in the container's env to the directory that is shared: the pod wins over the image.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
