#include "core/policy/image.hpp"
#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// True where the variable is 0, which createdump reads as a decimal number.
bool is_zero(const EnvValue& value) {
  const auto& digits = value.value;
  return value.kind == EnvValue::Kind::literal && !digits.empty() &&
         std::all_of(digits.begin(), digits.end(), [](char digit) { return digit == '0'; });
}

/// True where createdump skips the pages that are not in memory instead of reading them in.
bool leaves_pages_alone(const ContainerView& target) {
  const EnvValue value = env_value(*target.json, "DOTNET_DbgDisablePagemapUse");
  return is_zero(value.is_absent() ? env_value(*target.json, "COMPlus_DbgDisablePagemapUse") : value);
}

bool knows_the_variable(const Subject& subject, const ContainerView& target) {
  const auto version = Image::parse(target.image()).dotnet_version();
  const auto runtime = version ? version : subject.surroundings.runtime;
  return !runtime || runtime->major >= 8;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const auto memory = limit_of(*target.json, "memory");
    if (!memory || memory->value() <= 0) continue;
    const bool helps = knows_the_variable(subject, target);
    if (helps && leaves_pages_alone(target)) continue;
    hazards.push_back(
        {std::string(target.name()), target.path / "resources" / "limits" / "memory",
         "a dump may need twice the memory that " + named(target) + " uses, and its limit is " + memory->text(),
         helps ? "leave headroom, or set DOTNET_DbgDisablePagemapUse=0" : "leave headroom"});
  }
  return hazards;
}

}  // namespace

const Rule memory_limit_tight_for_dump{
    "memory-limit-tight-for-dump",
    Severity::note,
    Rule::Scope::pod,
    "taking a dump needs memory, and the container's is limited",
    "createdump reads all of the process's memory, which brings pages back that were not resident: what the container "
    "uses can double, and a container near its limit is OOMKilled (exit code 137) in the middle of the dump.",
    "Leave headroom below the memory limit, take a smaller dump (--type Heap or Mini), or, with .NET 8 and newer, set "
    "DOTNET_DbgDisablePagemapUse=0.",
    "https://github.com/dotnet/runtime/issues/71472",
    check,
};

}  // namespace dotdiag
