#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

#include <array>

namespace dotdiag {
namespace {

/// What the file must not have, and what to use instead.
struct Member {
  std::string_view name;
  std::string_view instead;
};

constexpr std::array<Member, 5> members = {{
    {"name", "pass --container"},
    {"image", "pass --image"},
    {"command", "use args, or pass the command behind --"},
    {"lifecycle", "remove it"},
    {"volumeDevices", "remove it"},
}};

std::vector<Hazard> check(const Subject& subject) {
  if (!is_custom_profile(subject)) return {};
  const Debugger& debugger = *subject.debugger;
  std::vector<Hazard> hazards;
  for (const Member& one : members) {
    const Json* value = member(*debugger.json, one.name);
    if (value == nullptr || value->empty() || *value == "") continue;
    hazards.push_back({"", debugger.path / one.name,
                       "kubectl debug --custom refuses a file with " + std::string(one.name),
                       std::string(one.instead)});
  }
  if (!text_member(*debugger.json, "targetContainerName").empty()) {
    hazards.push_back({"", debugger.path / "targetContainerName", "kubectl debug --custom ignores targetContainerName",
                       "pass --target", Severity::warning});
  }
  return hazards;
}

}  // namespace

const Rule ec_custom_profile_forbidden{
    "ec-custom-profile-forbidden",
    Severity::error,
    Rule::Scope::debugger,
    "a file for kubectl debug --custom sets what kubectl does not take from it",
    "kubectl refuses the file: \"name, command, image, lifecycle and volume devices are not modifiable via custom "
    "profile\". A targetContainerName is no member of the Container that it reads, so it is ignored.",
    "Remove the member and say it on the command line: --container, --image, --target, and the command behind "
    "`--`; or use args.",
    "https://kubernetes.io/blog/2024/08/22/kubernetes-1-31-custom-profiling-kubectl-debug/",
    check,
};

}  // namespace dotdiag
