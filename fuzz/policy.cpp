// Any bytes as a policy file: a policy or an InputError. What loads can be held against a pod, its edits apply and cure
// what they can, and its debugger can be planned and written.
#include "core/policy/policy.hpp"

#include "core/document/error.hpp"
#include "core/document/workload.hpp"
#include "core/edit/json_patch.hpp"
#include "core/ephemeral/output.hpp"
#include "core/policy/evaluate.hpp"
#include "fuzz/property.hpp"

#include <optional>

namespace dotdiag::fuzz {
namespace {

std::optional<Policy> load(std::string_view text) {
  try {
    return load_policy(text, "policy.yaml");
  } catch (const InputError& error) {
    require(!error.problem().empty(), "an error says what is wrong");
    return std::nullopt;
  }
}

/// A Deployment that has something of everything that a requirement looks at.
const Json& deployment() {
  static const Json object = Json::parse(R"({
    "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
    "spec": {"template": {"spec": {
      "securityContext": {"runAsUser": 1000},
      "containers": [
        {"name": "app", "image": "registry.example.com/shop/web:1.4",
         "env": [{"name": "TMPDIR", "value": "/var/tmp"}, {"name": "DOTNET_EnableDiagnostics", "value": "0"}],
         "volumeMounts": [{"name": "data", "mountPath": "/data"}],
         "resources": {"limits": {"memory": "1Gi"}}},
        {"name": "side", "image": "registry.example.com/shop/side:2"}],
      "volumes": [{"name": "data", "emptyDir": {}}]}}}})");
  return object;
}

/// The object with everything added that the policy could add.
Json evaluated(const Policy& policy, const Choices& choices) {
  const auto workload = as_workload(deployment());
  Json copy = deployment();
  const Edits edits = evaluate({&policy}, copy, *workload, choices).edits();
  Json patched = deployment();
  apply_json_patch(patched, Json::parse(write_json_patch(edits)));
  require(same_document(patched, copy), "the edits lead to what was evaluated", write_json_patch(edits));
  return copy;
}

void plan(const Policy& policy, const Json& object, DebuggerKind kind) {
  if (kind == DebuggerKind::native && policy.native.is_null()) return;
  DebuggerChoices choices;
  choices.debugger = kind;
  const DebuggerPlan plan = plan_debugger(policy, object, *as_workload(object), choices);
  if (!plan.ready()) return;
  const Json merge = Json::parse(write_strategic_merge(plan));
  require(merge.contains("spec"), "a debugger is written as a patch", merge.dump());
  require(!kubectl_debug_command(plan, "custom.json", true).empty(), "a debugger has a command line");
  require(Json::accept(write_kubectl_custom(plan)), "the file for kubectl is JSON");
}

}  // namespace

void check(std::string_view input) {
  const auto policy = load(input);
  if (!policy) return;
  Choices choices;
  Json object = evaluated(*policy, choices);
  require(evaluate({&*policy}, object, *as_workload(object), choices).edits().empty(), "there is nothing left to add");
  plan(*policy, object, DebuggerKind::sdk);
  plan(*policy, object, DebuggerKind::native);
  choices.override_conflicts = true;
  plan(*policy, evaluated(*policy, choices), DebuggerKind::sdk);
}

}  // namespace dotdiag::fuzz
