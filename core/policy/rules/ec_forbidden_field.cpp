#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

#include <array>

namespace dotdiag {
namespace {

constexpr std::array<std::string_view, 9> forbidden = {
    "lifecycle",     "livenessProbe",      "ports",        "readinessProbe", "resizePolicy", "resources",
    "restartPolicy", "restartPolicyRules", "startupProbe",
};

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  std::vector<Hazard> hazards;
  for (const auto field : forbidden) {
    const Json* value = member(*debugger.json, field);
    if (value == nullptr || value->empty()) continue;
    // kubectl itself refuses that one, and ec-custom-profile-forbidden says so.
    if (is_custom_profile(subject) && field == "lifecycle") continue;
    hazards.push_back(
        {std::string(debugger.name()), debugger.path / field,
         named_debugger(debugger) + " sets " + std::string(field) + ", which no ephemeral container may have",
         "remove it"});
  }
  return hazards;
}

}  // namespace

const Rule ec_forbidden_field{
    "ec-forbidden-field",
    Severity::error,
    Rule::Scope::debugger,
    "an ephemeral container has a field that the API server refuses",
    "An ephemeral container has no ports, resources, probes or life cycle of its own. The API server answers "
    "\"Forbidden: cannot be set for an Ephemeral Container\" and adds nothing. With kubectl debug --custom the "
    "field passes kubectl and is refused by the server.",
    "Remove the field. kubectl port-forward works without a declared port.",
    "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
    check,
};

}  // namespace dotdiag
