#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/shared_directories.hpp"

namespace dotdiag {
namespace {

/// A value that is no string is a mistake of another sort: the API server refuses it.
bool is_written_wrong(const Json& variable) {
  const Json* value = member(variable, "value");
  return value != nullptr && !value->is_string() && member(variable, "valueFrom") == nullptr;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const SharedDirectory& directory : subject.ask(shared_directories)) {
    if (directory.chosen.kind != EnvValue::Kind::unknown) continue;
    const Json& variable = items_member(*directory.container.json, "env")[directory.chosen.index];
    if (is_written_wrong(variable)) continue;
    const Pointer at = directory.container.path / "env" / directory.chosen.index;
    Hazard hazard;
    hazard.container = std::string(directory.container.name());
    hazard.at = member(variable, "valueFrom") == nullptr ? at / "value" : at / "valueFrom";
    hazard.message = "nobody can tell where the socket of " + named(directory.container) +
                     " goes: " + directory.variable + " (" + directory.chosen.why_unknown + ")";
    hazard.remedy = "write a literal path";
    hazard.severity = directory.at_least(Severity::warning);
    hazard.instead_of = directory.unmet;
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule tmpdir_value_from{
    "tmpdir-value-from",
    Severity::warning,
    Rule::Scope::pod,
    "where the diagnostic socket goes is known at run time only",
    "The runtime puts its socket into $TMPDIR. Where its value comes from a ConfigMap, a Secret or a field of the "
    "pod, nobody knows beforehand which directory a debugger has to share, so no volume is mounted there, and "
    "dotnet-dump answers \"No supported .NET processes were found\".",
    "Write TMPDIR as a literal path, or leave it out: then the directory is /tmp.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
