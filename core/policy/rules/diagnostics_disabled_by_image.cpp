#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"

namespace dotdiag {
namespace {

/// The variable of the image that closes the diagnostic port and that nothing in the manifest speaks against; nullptr
/// where there is none.
const ImageFacts::Variable* closing_variable(const Subject& subject, const ContainerView& target,
                                             const ImageFacts& facts) {
  for (const std::string_view setting : {"EnableDiagnostics", "EnableDiagnostics_IPC"}) {
    for (const std::string& name : names_read(subject, target, setting)) {
      if (!env_value(*target.json, name).is_absent()) break;  // it wins over all that the image says
      const ImageFacts::Variable* variable = facts.variable(name);
      if (variable == nullptr || variable->value.empty()) continue;
      if (!reads_as_zero(variable->value)) break;
      return variable;
    }
  }
  return nullptr;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const ImageFacts* facts = subject.facts_of(target);
    const auto* variable = facts == nullptr ? nullptr : closing_variable(subject, target, *facts);
    if (variable == nullptr) continue;
    Hazard hazard;
    hazard.container = std::string(target.name());
    hazard.at = target.path;
    hazard.message = "the image of " + named(target) + " sets " + variable->name + "=" + shown(variable->value) + " (" +
                     variable->where + "), which closes the diagnostic port";
    hazard.remedy = "set " + variable->name + "=1 here, or remove it from the image";
    hazard.instead_of = unmet_variable(subject, target, variable->name);
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule diagnostics_disabled_by_image{
    "diagnostics-disabled-by-image",
    Severity::error,
    Rule::Scope::pod,
    "the image turns diagnostics off, and the manifest does not turn them on again",
    "Images are often built with ENV DOTNET_EnableDiagnostics=0, which makes the runtime start on a read-only root "
    "file "
    "system. Then it makes no diagnostic socket, and every tool answers as if there were no .NET: \"No supported .NET "
    "processes were found\". Nothing in the manifest shows it; it was read in the Dockerfile.",
    "Set the variable to 1 in the container's env: the pod wins over the image. Or remove it from the Dockerfile, and "
    "give the application a /tmp that it can write to.",
    "https://learn.microsoft.com/dotnet/core/runtime-config/debugging-profiling",
    check,
};

}  // namespace dotdiag
