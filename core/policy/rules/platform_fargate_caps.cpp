#include "core/policy/rules/ptrace.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/words.hpp"

namespace dotdiag {
namespace {

std::vector<std::string> written_capabilities(const ContainerView& container) {
  std::vector<std::string> names;
  for (const Json& item : capabilities(container, "add")) {
    if (item.is_string()) names.push_back(item.get<std::string>());
  }
  return names;
}

/// The person's own capabilities, whichever they are.
std::optional<Hazard> refused_capabilities(const Subject& subject, const ContainerView& target) {
  const auto names = written_capabilities(target);
  if (names.empty()) return std::nullopt;
  Hazard hazard;
  hazard.container = std::string(target.name());
  hazard.at = added_capabilities(target);
  hazard.message = "Fargate runs no container that adds capabilities, and " + named(target) + " adds " + joined(names);
  if (added_ptrace(target) && policy_wants_ptrace(subject)) {
    hazard.remedy = "remove capabilities.add, and use the policy dotnet-dump-restricted";
  } else {
    hazard.remedy = "remove capabilities.add";
    hazard.fix.push_back(removed(hazard.at));
  }
  return hazard;
}

std::vector<Hazard> check(const Subject& subject) {
  if (subject.surroundings.platform != Platform::fargate) return {};
  auto hazards = refused_ptrace(subject, {"Fargate", "use the policy dotnet-dump-restricted"});
  std::erase_if(hazards, [](const Hazard& hazard) { return hazard.instead_of.empty(); });
  const auto additions = ptrace_additions(subject);
  for (const ContainerView& target : subject.targets()) {
    if (additions.count(target.name()) > 0) continue;
    if (auto hazard = refused_capabilities(subject, target)) hazards.push_back(*std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule platform_fargate_caps{
    "platform-fargate-caps",
    Severity::error,
    Rule::Scope::pod,
    "a container adds capabilities, and EKS Fargate runs none that does",
    "The pod stays Pending for ever: \"Pod not supported on Fargate: invalid SecurityContext fields: Capabilities "
    "added: SYS_PTRACE\".",
    "Remove capabilities.add: the policy dotnet-dump-restricted does without SYS_PTRACE. A process may still be "
    "traced by one of the same user.",
    "https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check,
};

}  // namespace dotdiag
