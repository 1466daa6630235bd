// capability: the target container adds a Linux capability. A privileged container has them all.
#include "core/document/child.hpp"
#include "core/policy/kinds.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

bool is_privileged(const Json& container) {
  const Json* privileged = descend(container, "/securityContext/privileged");
  return privileged != nullptr && *privileged == true;
}

bool drops(const Json& container, std::string_view capability) {
  const Json* capabilities = descend(container, "/securityContext/capabilities");
  if (capabilities == nullptr) return false;
  const auto& dropped = items_member(*capabilities, "drop");
  return std::any_of(dropped.begin(), dropped.end(),
                     [&](const Json& item) { return item == capability || item == "CAP_" + std::string(capability); });
}

/// True where `container` of a Job has a list of its own. To kubectl apply that list is one value, so a second apply
/// would send the author's own again, and a Job's pod template is immutable: the API server refuses it (422).
bool must_stay(const Check& check, const Pointer& list) {
  const Workload& workload = check.pod.workload();
  const Json* own = value_at(check.pod.document(), list);
  const bool is_job = workload.kind == "Job" && workload.group == "batch";
  return check.choices.applied_again && is_job && own != nullptr && own->is_array() && !own->empty();
}

}  // namespace

std::optional<Unmet> check_capability(const Check& check) {
  const std::string capability(check.parameter("capability"));
  const ContainerView& container = *check.container;
  if (adds_capability(*container.json, capability) || is_privileged(*container.json)) return std::nullopt;

  const Pointer capabilities = container.path / "securityContext" / "capabilities";
  if (drops(*container.json, capability) && !check.choices.override_conflicts) {
    return check.conflict(capabilities / "drop", check.subject() + " drops " + capability,
                          "take " + capability + " out of capabilities.drop");
  }
  if (must_stay(check, capabilities / "add")) {
    return check.conflict(capabilities / "add",
                          check.subject() + " of a Job adds other capabilities than " + capability,
                          "add " + capability + " to the list");
  }
  return check.missing(check.subject() + " does not add the capability " + capability,
                       "add " + capability + " to securityContext.capabilities.add",
                       {append_item(check.pod.document(), capabilities / "add", capability)});
}

}  // namespace dotdiag
