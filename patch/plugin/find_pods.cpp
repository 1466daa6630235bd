#include "patch/plugin/find_pods.hpp"

#include "core/document/error.hpp"
#include "core/document/json_reader.hpp"
#include "patch/plugin/server_refusal.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

namespace dotdiag {
namespace {

constexpr const char* kinds_with_pods[] = {"deployment", "statefulset", "daemonset", "replicaset"};

struct Candidate {
  std::string name;
  std::string created;  ///< RFC 3339 in UTC: the later the greater
  bool is_ready = false;
};

const Json& part(const Json& object, std::string_view name) {
  static const Json none = Json::object();
  const Json* found = member(object, name);
  return found == nullptr ? none : *found;
}

/// The selector as `kubectl get --selector` takes it. Sources: kubernetes.io, Labels and Selectors.
std::string selector_of(const Json& workload) {
  const Json& selector = part(part(workload, "spec"), "selector");
  std::string text;
  const auto add = [&](const std::string& term) { text += (text.empty() ? "" : ",") + term; };
  for (const auto& [key, value] : part(selector, "matchLabels").items())
    if (value.is_string()) add(key + "=" + value.get<std::string>());
  for (const Json& expression : items_member(selector, "matchExpressions")) {
    const std::string key(text_member(expression, "key"));
    const std::string operation(text_member(expression, "operator"));
    std::string values;
    for (const Json& value : items_member(expression, "values"))
      if (value.is_string()) values += (values.empty() ? "" : ",") + value.get<std::string>();
    if (operation == "Exists") add(key);
    if (operation == "DoesNotExist") add("!" + key);
    if (operation == "In") add(key + " in (" + values + ")");
    if (operation == "NotIn") add(key + " notin (" + values + ")");
  }
  return text;
}

/// Selectors of workloads may overlap: the owner counts. A Deployment owns its pods by a ReplicaSet, which has the
/// pod's own hash in its name.
bool is_owned(const Json& pod, const ObjectName& owner) {
  const Json& metadata = part(pod, "metadata");
  std::string kind = owner.kind, name = owner.name;
  if (kind == "deployment") {
    kind = "replicaset";
    name += "-" + std::string(text_member(part(metadata, "labels"), "pod-template-hash"));
  }
  const auto& owners = items_member(metadata, "ownerReferences");
  return std::any_of(owners.begin(), owners.end(), [&](const Json& one) {
    std::string written(text_member(one, "kind"));
    std::transform(written.begin(), written.end(), written.begin(), [](char c) { return static_cast<char>(c | 0x20); });
    return written == kind && text_member(one, "name") == name;
  });
}

bool is_ready(const Json& pod) {
  const auto& conditions = items_member(part(pod, "status"), "conditions");
  return std::any_of(conditions.begin(), conditions.end(), [](const Json& one) {
    return text_member(one, "type") == "Ready" && text_member(one, "status") == "True";
  });
}

/// Those that run, the ready before the others, the newest first.
std::vector<Candidate> candidates(const Json& list, const ObjectName& owner) {
  std::vector<Candidate> found;
  for (const Json& pod : items_member(list, "items")) {
    const Json& metadata = part(pod, "metadata");
    const bool runs = text_member(part(pod, "status"), "phase") == "Running" &&
                      member(metadata, "deletionTimestamp") == nullptr && is_owned(pod, owner);
    if (runs)
      found.push_back({std::string(text_member(metadata, "name")),
                       std::string(text_member(metadata, "creationTimestamp")), is_ready(pod)});
  }
  std::sort(found.begin(), found.end(), [](const Candidate& left, const Candidate& right) {
    return std::tie(left.is_ready, left.created, left.name) > std::tie(right.is_ready, right.created, right.name);
  });
  return found;
}

/// What kubectl answers in JSON; nothing where it fails: that has been said.
std::optional<Json> ask(const PluginSettings& settings, const Terminal& terminal, std::vector<std::string> arguments) {
  arguments.emplace_back("--output=json");
  const KubectlResult result = Kubectl(settings.globals).run(arguments);
  if (result.succeeded()) return read_json(result.out, settings.pod);
  terminal.err << plugin_prefix << result.err << explain_server_refusal(result.err);
  return std::nullopt;
}

std::string others(const std::vector<Candidate>& found) {
  std::string text;
  for (std::size_t i = 1; i < found.size(); ++i)
    text += (text.empty() ? "" : ", ") + found[i].name + (found[i].is_ready ? "" : " (not ready)");
  return text;
}

std::vector<std::string> choose(const std::vector<Candidate>& found, const PluginSettings& settings,
                                const Terminal& terminal) {
  if (found.empty()) {
    terminal.err << plugin_prefix << settings.pod << ": no pod of it runs\n";
    return {};
  }
  if (settings.question.all_pods) {
    std::vector<std::string> names;
    for (const Candidate& candidate : found)
      names.push_back(candidate.name);
    return names;
  }
  terminal.err << plugin_prefix << settings.pod << ": taking " << found[0].name;
  if (!found[0].is_ready) terminal.err << ", which runs and is not ready";
  if (found.size() > 1) terminal.err << "; there are also " << others(found) << ": name a pod to take it";
  terminal.err << '\n';
  return {found[0].name};
}

}  // namespace

std::vector<std::string> find_pods(const PluginSettings& settings, const Terminal& terminal) {
  const ObjectName object = parse_object_name(settings.pod);
  if (object.kind == "pod") return {object.name};
  if (std::find(std::begin(kinds_with_pods), std::end(kinds_with_pods), object.kind) == std::end(kinds_with_pods))
    throw InputError(settings.pod, {}, "has no pods that could be found",
                     "name a pod, or a deployment/, statefulset/, daemonset/ or replicaset/");
  const auto workload = ask(settings, terminal, {"get", object.kind, object.name});
  if (!workload) return {};
  const auto list = ask(settings, terminal, {"get", "pods", "--selector=" + selector_of(*workload)});
  return list ? choose(candidates(*list, object), settings, terminal) : std::vector<std::string>{};
}

}  // namespace dotdiag
