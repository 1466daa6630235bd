#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// The variable that `edit` adds to a container's `env`; empty where it does something else.
std::string_view added_variable(const Edit& edit) {
  const std::string& path = edit.path.text();
  if (path.ends_with("/env/-")) return text_member(edit.value, "name");
  if (!path.ends_with("/env") || !edit.value.is_array() || edit.value.empty()) return {};
  return text_member(edit.value.front(), "name");
}

/// False for a variable that is set for its name's sake: nobody's value is overruled by it.
bool has_effect(const Subject& subject, const Unmet& unmet) {
  for (const Policy* policy : subject.policies) {
    if (policy->name != unmet.policy) continue;
    const Requirement* requirement = policy->find(unmet.requirement);
    return requirement == nullptr || text_member(requirement->parameters, "accept") != "any";
  }
  return true;
}

std::vector<std::string_view> overruled(const Subject& subject, const ContainerView& target) {
  std::vector<std::string_view> names;
  for (const Unmet& unmet : subject.evaluation.unmet) {
    if (unmet.container != target.name() || !has_effect(subject, unmet)) continue;
    for (const Edit& edit : unmet.edits) {
      const auto name = added_variable(edit);
      if (!name.empty() && env_from_may_set(*target.json, name)) names.push_back(name);
    }
  }
  return names;
}

/// True where a prefix such as DOTNET_ says that the source is about the runtime. Without one nothing is known of it.
bool is_likely(const ContainerView& target, const std::vector<std::string_view>& names) {
  const auto& sources = items_member(*target.json, "envFrom");
  return std::any_of(sources.begin(), sources.end(), [&](const Json& source) {
    const auto prefix = text_member(source, "prefix");
    return !prefix.empty() && std::any_of(names.begin(), names.end(), [&](std::string_view name) {
      return name.substr(0, prefix.size()) == prefix;
    });
  });
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const auto names = overruled(subject, target);
    if (names.empty()) continue;
    Hazard hazard;
    hazard.container = std::string(target.name());
    hazard.at = target.path / "envFrom";
    hazard.message = named(target) + " gets " + joined(names) + ", whatever its envFrom says";
    hazard.remedy = "set your own in env";
    if (is_likely(target, names)) hazard.severity = Severity::warning;
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule env_from_wins{
    "env-from-wins",
    Severity::note,
    Rule::Scope::pod,
    "a variable is added that envFrom may set already",
    "Kubernetes lets env win over envFrom. What a ConfigMap or Secret says about the variable cannot be seen from "
    "the manifest, and has no effect any more once the variable stands in env.",
    "If the ConfigMap or Secret has the variable, write its value into env: what stands there is kept.",
    "https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/",
    check,
};

}  // namespace dotdiag
