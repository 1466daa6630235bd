#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/standstill.hpp"

namespace dotdiag {
namespace {

std::optional<Severity> severity_of(const Json& probe) {
  if (asks_process(probe)) return Severity::warning;
  return member(probe, "exec") != nullptr ? std::optional(Severity::note) : std::nullopt;
}

/// The value that makes the probe impatient.
Pointer place(const Json& probe, const Pointer& path) {
  for (const char* field : {"failureThreshold", "periodSeconds"}) {
    if (member(probe, field) != nullptr) return path / field;
  }
  return path;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const Json* probe = member(*target.json, "livenessProbe");
    const auto severity = probe == nullptr ? std::nullopt : severity_of(*probe);
    if (!severity) continue;
    const Patience patience(*probe);
    const std::int64_t needed = seconds_of_dump(target);
    if (patience.seconds >= needed) continue;
    const std::int64_t failures = (needed + patience.period - 1) / patience.period;
    const Pointer path = target.path / "livenessProbe";
    Hazard hazard;
    hazard.container = std::string(target.name());
    hazard.at = place(*probe, path);
    hazard.message = "the liveness probe of " + named(target) + " ends a dump after " +
                     std::to_string(patience.seconds) + " s, and one may take " + std::to_string(needed) + " s";
    hazard.remedy = "set failureThreshold: " + std::to_string(failures);
    hazard.severity = severity;
    if (member(*probe, "failureThreshold") != nullptr && severity == Severity::warning)
      hazard.fix.push_back(replaced(path / "failureThreshold", failures));
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule liveness_kills_during_dump{
    "liveness-kills-during-dump",
    Severity::warning,
    Rule::Scope::pod,
    "the liveness probe gives up before a dump is complete",
    "The process is suspended while its dump is written and answers no probe. The kubelet reports \"Liveness probe "
    "failed\" and restarts the container: the dump is cut short and the state that was to be seen is gone.",
    "Raise failureThreshold or periodSeconds so that their product covers a dump: about 10 seconds for each GiB of "
    "memory.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/api/dump.md",
    check,
};

}  // namespace dotdiag
