#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::int64_t gibibyte = std::int64_t{1} << 30;

/// How long a dump may stop the process: ten seconds for each GiB of the memory limit, at least thirty.
std::int64_t seconds_of_dump(const ContainerView& target) {
  const auto memory = limit_of(*target.json, "memory");
  return std::max<std::int64_t>(30, memory ? memory->value() / gibibyte * 10 : 0);
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const Json* probe = member(*target.json, "livenessProbe");
    if (probe == nullptr || !probe->is_object()) continue;
    // The API server's defaults: failureThreshold 3, periodSeconds 10.
    const std::int64_t patience =
        integer_member(*probe, "failureThreshold", 3) * integer_member(*probe, "periodSeconds", 10);
    const std::int64_t needed = seconds_of_dump(target);
    if (patience >= needed) continue;
    hazards.push_back(
        {std::string(target.name()), target.path / "livenessProbe",
         "the liveness probe of " + named(target) + " ends a dump after " + std::to_string(patience) + " s",
         "allow " + std::to_string(needed) + " s"});
  }
  return hazards;
}

}  // namespace

const Rule liveness_kills_during_dump{
    "liveness-kills-during-dump",
    Severity::warning,
    "the liveness probe gives up before a dump is complete",
    "The process is suspended while its dump is written and answers no probe. The kubelet reports \"Liveness probe "
    "failed\" and restarts "
    "the container: the dump is cut short and the state that was to be seen is gone.",
    "Raise failureThreshold or periodSeconds so that their product covers a dump: about 10 seconds for each GiB of "
    "memory.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/api/dump.md",
    check,
};

}  // namespace dotdiag
