#include "patch/plugin/session.hpp"

#include "core/document/json_reader.hpp"
#include "patch/explain.hpp"
#include "patch/planning.hpp"
#include "patch/plugin/server_refusal.hpp"

#include <memory>
#include <utility>

namespace dotdiag {
namespace {

constexpr std::string_view enforce_label = "pod-security.kubernetes.io/enforce";

/// `web-0` of `web-0`, `pod/web-0` and `pods/web-0`.
std::string bare_name(const std::string& pod) {
  for (const std::string_view head : {"pod/", "pods/", "po/"}) {
    if (pod.substr(0, head.size()) == head) return pod.substr(head.size());
  }
  return pod;
}

}  // namespace

Session::Session(const PluginSettings& settings, const Terminal& terminal)
    : settings_(settings), terminal_(terminal), kubectl_(settings.globals), choices_(settings.choices) {
  if (!settings.policies_directory.empty()) own_policies_ = PolicySet::from_directory(settings.policies_directory);
  policies_ = own_policies_ ? &*own_policies_ : &PolicySet::builtin();
}

bool Session::look() {
  const std::string name = bare_name(settings_.pod);
  const KubectlResult result = kubectl_.run({"get", "pod", name, "--output=json"});
  if (!result.succeeded()) {
    report(result);
    return false;
  }
  const auto source = std::make_shared<const Source>("pod/" + name, result.out);
  pod_.emplace(choose_workload(source, ""));
  ask_pod_security();
  const Policy& policy = choose_policy(*policies_, settings_.policy, choices_, *pod_);
  plan_ = plan_chosen(*policies_, policy, *pod_, choices_);
  return true;
}

void Session::use_present() {
  plan_.container["name"] = std::exchange(plan_.present, {});
}

/// Not everybody may read namespaces; then the server says itself what it refuses.
void Session::ask_pod_security() {
  if (choices_.pod_security != PodSecurity::unknown || pod_->workload.name_space.empty()) return;
  const KubectlResult result = kubectl_.run({"get", "namespace", pod_->workload.name_space, "--output=json"});
  if (!result.succeeded()) return;
  const Json name_space = read_json(result.out, "namespace");
  const Json* labels = value_at(name_space, Pointer{} / "metadata" / "labels");
  const auto level = labels == nullptr ? std::string_view{} : text_member(*labels, enforce_label);
  choices_.pod_security = pod_security_named(level).value_or(PodSecurity::unknown);
}

void Session::report(const KubectlResult& result) const {
  const bool ends_line = !result.err.empty() && result.err.back() == '\n';
  terminal_.err << plugin_prefix << (result.err.empty() ? "kubectl failed" : result.err) << (ends_line ? "" : "\n")
                << explain_server_refusal(result.err);
}

bool Session::is_ready() const {
  if (plan_.ready()) return true;
  explain_refusal(plan_, *pod_, plugin_prefix, terminal_.err);
  return false;
}

}  // namespace dotdiag
