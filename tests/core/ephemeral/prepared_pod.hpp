// A pod that a policy has prepared, for tests of the debugger that goes with it.
#pragma once

#include "core/ephemeral/plan.hpp"

#include <string>
#include <vector>

namespace dotdiag::test {

/// A running pod of one container, mutated as the webhook would for `policy`; `changes` is merged into its spec first.
inline Json prepared_pod(const std::string& policy, const Json& changes = Json::object()) {
  Json pod = Json::parse(R"({"apiVersion": "v1", "kind": "Pod",
    "metadata": {"name": "web-5969f6597f-9fl2l", "namespace": "shop"},
    "spec": {"containers": [{"name": "app", "image": "registry.example.com/shop/web:1.4.2"}]},
    "status": {"phase": "Running"}})");
  pod["spec"].update(changes);
  evaluate({PolicySet::builtin().find(policy)}, pod, *as_workload(pod), {});
  return pod;
}

inline DebuggerPlan plan_for(const std::string& policy, const Json& pod, const DebuggerChoices& choices = {}) {
  return plan_debugger(*PolicySet::builtin().find(policy), pod, *as_workload(pod), choices);
}

inline DebuggerChoices in_mode(DebugMode mode) {
  DebuggerChoices choices;
  choices.mode = mode;
  return choices;
}

/// The warnings on one line, to search in.
inline std::string all_warnings(const DebuggerPlan& plan) {
  std::string all;
  for (const std::string& warning : plan.warnings)
    all += warning + "; ";
  return all;
}

}  // namespace dotdiag::test
