// How long a dump stops a process, and how long a liveness probe lets it.
#pragma once

#include "core/policy/rules/measures.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace dotdiag {

/// How long a dump may stop the process: ten seconds for each GiB of the memory limit, at least thirty.
inline std::int64_t seconds_of_dump(const ContainerView& target) {
  constexpr std::int64_t gibibyte = std::int64_t{1} << 30;
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

/// True where a stopped process surely fails the probe: nobody answers HTTP. A command may or may not ask the
/// application; and a TCP connection is accepted by the kernel in its place.
inline bool asks_process(const Json& probe) {
  return member(probe, "httpGet") != nullptr || member(probe, "grpc") != nullptr;
}

/// After how many seconds of standstill the container's liveness probe has it restarted; nothing where none surely
/// does.
inline std::optional<std::int64_t> seconds_until_killed(const ContainerView& target) {
  const Json* probe = member(*target.json, "livenessProbe");
  if (probe == nullptr || !asks_process(*probe)) return std::nullopt;
  return Patience(*probe).seconds;
}

}  // namespace dotdiag
