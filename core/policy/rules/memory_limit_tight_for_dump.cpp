#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

/// Up to here 20 MiB are a share of the limit that a service often does not leave free.
constexpr std::int64_t small = std::int64_t{128} << 20;

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const auto memory = limit_of(*target.json, "memory");
    if (!memory || memory->value() <= 0 || memory->value() > small) continue;
    hazards.push_back({std::string(target.name()), target.path / "resources" / "limits" / "memory",
                       "a dump needs about 20 MiB of the " + memory->text() + " that " + named(target) + " may use",
                       "leave 20 MiB below the limit, or raise it"});
  }
  return hazards;
}

}  // namespace

const Rule memory_limit_tight_for_dump{
    "memory-limit-tight-for-dump",
    Severity::note,
    Rule::Scope::pod,
    "taking a dump needs memory, and the container's limit is small",
    "createdump runs in the application's own container and is charged to it, with about 13 MB: a container that used "
    "42 to 47 MiB of 64Mi was OOMKilled (exit code 137) in the middle of the dump (seen on a node with cgroup v1); "
    "with 20 "
    "MiB to spare it was not. The size of the dump makes no difference.",
    "Leave 20 MiB below the memory limit. `cat /sys/fs/cgroup/memory.current` in the container says what is in use.",
    "https://github.com/dotnet/runtime/issues/71472",
    check,
};

}  // namespace dotdiag
