// How a container comes to SYS_PTRACE: what the rules about that capability look at.
#pragma once

#include "core/policy/rule.hpp"
#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/measures.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// Where the capabilities that `container` adds are listed.
inline Pointer added_capabilities(const ContainerView& container) {
  return container.path / "securityContext" / "capabilities" / "add";
}

/// A capability that stands in a container's list.
struct AddedCapability {
  Pointer at;
  std::string name;  ///< as it is written: SYS_PTRACE, CAP_SYS_PTRACE, ALL
};

/// What gives `container` SYS_PTRACE; nothing where its list does not.
inline std::optional<AddedCapability> added_ptrace(const ContainerView& container) {
  std::size_t index = 0;
  for (const Json& item : capabilities(container, "add")) {
    if (item == "SYS_PTRACE" || item == "CAP_SYS_PTRACE" || item == "ALL")
      return AddedCapability{added_capabilities(container) / index, item.get<std::string>()};
    ++index;
  }
  return std::nullopt;
}

/// True where the container's process is not root, and so holds no capability that its container adds.
inline bool holds_no_capability(const PodView& pod, const ContainerView& container) {
  return is_not_root(pod, container) || user_of(pod, container).value_or(0) != 0;
}

inline bool wants_ptrace(const Requirement& requirement) {
  return requirement.kind == "capability" && text_member(requirement.parameters, "capability") == "SYS_PTRACE";
}

/// True where a policy asks for SYS_PTRACE: it would add again what a fix took away.
inline bool policy_wants_ptrace(const Subject& subject) {
  return std::any_of(subject.policies.begin(), subject.policies.end(), [](const Policy* policy) {
    const auto& all = policy->requirements;
    return std::any_of(all.begin(), all.end(), wants_ptrace);
  });
}

/// The containers to which a policy adds SYS_PTRACE, by name, with the id of the requirement that does.
inline std::map<std::string_view, std::string> ptrace_additions(const Subject& subject) {
  std::map<std::string_view, std::string> additions;
  for (const Unmet& unmet : subject.evaluation.unmet) {
    if (subject.debugger != nullptr || unmet.is_conflict()) continue;
    for (const Policy* policy : subject.policies) {
      const Requirement* requirement = policy->name == unmet.policy ? policy->find(unmet.requirement) : nullptr;
      if (requirement != nullptr && wants_ptrace(*requirement)) additions.emplace(unmet.container, unmet.requirement);
    }
  }
  return additions;
}

/// Takes the person's own SYS_PTRACE away, unless a policy would put it back.
inline Edits without_ptrace(const Subject& subject, const AddedCapability& added) {
  if (subject.debugger != nullptr || added.name == "ALL" || policy_wants_ptrace(subject)) return {};
  return {removed(added.at)};
}

/// The containers that a rule about pod and debugger judges.
inline std::vector<ContainerView> judged_containers(const Subject& subject) {
  if (subject.debugger != nullptr) return {*subject.debugger};
  return subject.targets();
}

/// What messages call such a container.
inline std::string judged_name(const Subject& subject, const ContainerView& container) {
  return subject.debugger == nullptr ? named(container) : named_debugger(container);
}

/// How a place that refuses SYS_PTRACE says so.
struct RefusedPtrace {
  std::string who;     ///< `Pod Security baseline`
  std::string remedy;  ///< what to do where a policy asks for the capability
};

/// A hazard for each judged container that has SYS_PTRACE, or is to get it from a policy.
inline std::vector<Hazard> refused_ptrace(const Subject& subject, const RefusedPtrace& refusal) {
  const auto additions = ptrace_additions(subject);
  std::vector<Hazard> hazards;
  for (const ContainerView& container : judged_containers(subject)) {
    const auto added = added_ptrace(container);
    const auto addition = additions.find(container.name());
    if (!added && addition == additions.end()) continue;
    Hazard hazard;
    hazard.container = std::string(container.name());
    hazard.at = added ? added->at : container.path;
    if (addition != additions.end()) {
      hazard.message = refusal.who + " refuses SYS_PTRACE, which the policy adds to " + named(container);
      hazard.remedy = refusal.remedy;
      hazard.instead_of = addition->second;
      hazard.rules_out = true;
    } else {
      hazard.message =
          refusal.who + " refuses " + added->name + " in capabilities.add of " + judged_name(subject, container);
      hazard.remedy = "remove " + added->name + (policy_wants_ptrace(subject) ? ", and " + refusal.remedy : "");
      hazard.fix = without_ptrace(subject, *added);
    }
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace dotdiag
