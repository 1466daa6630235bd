#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>
#include <limits>

namespace dotdiag {
namespace {

constexpr std::int64_t gibibyte = std::int64_t{1} << 30;

/// How long a dump may stop the process: ten seconds for each GiB of the memory limit, at least thirty.
std::int64_t seconds_of_dump(const ContainerView& target) {
  const auto memory = limit_of(*target.json, "memory");
  return std::max<std::int64_t>(30, memory ? memory->value() / gibibyte * 10 : 0);
}

/// How long a probe is patient, with the API server's defaults for what is not set (or 0).
struct Patience {
  std::int64_t failures;
  std::int64_t period;
  std::int64_t seconds;

  explicit Patience(const Json& probe)
      : failures(integer_member(probe, "failureThreshold", 3)), period(integer_member(probe, "periodSeconds", 10)) {
    if (failures <= 0) failures = 3;
    if (period <= 0) period = 10;
    if (__builtin_mul_overflow(failures, period, &seconds)) seconds = std::numeric_limits<std::int64_t>::max();
  }
};

/// What a stopped process means for the probe: HTTP gets no answer; a command may or may not ask the application; and a
/// TCP connection is accepted by the kernel in its place.
std::optional<Severity> severity_of(const Json& probe) {
  if (member(probe, "httpGet") != nullptr || member(probe, "grpc") != nullptr) return Severity::warning;
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
