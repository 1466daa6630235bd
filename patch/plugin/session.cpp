#include "patch/plugin/session.hpp"

#include "core/document/error.hpp"
#include "core/document/json_reader.hpp"
#include "patch/explain.hpp"
#include "patch/planning.hpp"
#include "patch/plugin/server_refusal.hpp"

#include <memory>
#include <utility>

namespace dotdiag {
namespace {

constexpr std::string_view enforce_label = "pod-security.kubernetes.io/enforce";

/// Every way to write a kind that kubectl knows, and the name that we go on with.
constexpr std::pair<std::string_view, std::string_view> kinds[] = {
    {"pod", "pod"},
    {"pods", "pod"},
    {"po", "pod"},
    {"deployment", "deployment"},
    {"deployments", "deployment"},
    {"deploy", "deployment"},
    {"statefulset", "statefulset"},
    {"statefulsets", "statefulset"},
    {"sts", "statefulset"},
    {"daemonset", "daemonset"},
    {"daemonsets", "daemonset"},
    {"ds", "daemonset"},
    {"replicaset", "replicaset"},
    {"replicasets", "replicaset"},
    {"rs", "replicaset"},
};

}  // namespace

ObjectName parse_object_name(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return {"pod", text};
  const std::string kind = text.substr(0, slash);
  for (const auto& [written, meant] : kinds)
    if (written == kind.substr(0, kind.find('.'))) return {std::string(meant), text.substr(slash + 1)};
  return {kind, text.substr(slash + 1)};
}

Session::Session(const PluginSettings& settings, const Terminal& terminal)
    : settings_(settings), terminal_(terminal), kubectl_(settings.globals), choices_(settings.choices) {
  if (!settings.policies_directory.empty()) own_policies_ = PolicySet::from_directory(settings.policies_directory);
  policies_ = own_policies_ ? &*own_policies_ : &PolicySet::builtin();
}

bool Session::look() {
  const auto [kind, name] = parse_object_name(settings_.pod);
  if (kind != "pod") throw InputError(settings_.pod, {}, "is no pod", "name one of its pods");
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

std::string Session::place() const {
  return "pod " + plan_.name_space + "/" + plan_.pod;
}

std::string Session::what_is_added() const {
  return "this adds the container " + plan_.name() + " (" + std::string(text_member(plan_.container, "image")) +
         ") to " + place() + "; it stays until the pod goes";
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
