#include "core/ephemeral/plan.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::string_view mirror_annotation = "kubernetes.io/config.mirror";

/// Why no ephemeral container can be added to this pod, whatever it has; empty where one can.
std::string refuses_any(const PodView& pod) {
  if (!pod.workload().is_pod()) return {};
  if (!pod.annotation(mirror_annotation).empty())
    return "the kubelet runs this static pod from a file, and static pods take no ephemeral containers";
  const Json* phase = value_at(pod.document(), pod.workload().object / "status" / "phase");
  if (phase != nullptr && (*phase == "Succeeded" || *phase == "Failed"))
    return "the pod has ended: there is no process left to look at";
  return {};
}

bool is_name_taken(const Json& spec, const std::string& name) {
  for (const char* list : {"containers", "initContainers", "ephemeralContainers"}) {
    const auto& containers = items_member(spec, list);
    if (std::any_of(containers.begin(), containers.end(),
                    [&](const Json& one) { return text_member(one, "name") == name; }))
      return true;
  }
  return false;
}

/// `name`, or the first of `name-2`, `name-3` ... that is free.
std::string free_name(const Json& spec, const std::string& name) {
  std::string candidate = name;
  for (int number = 2; is_name_taken(spec, candidate); ++number)
    candidate = name + "-" + std::to_string(number);
  return candidate;
}

bool is_true(const Json* value) {
  return value != nullptr && *value == true;
}

/// Builds the container of one plan.
class Builder {
 public:
  Builder(const Policy& policy, const PodView& pod, const ContainerView& target, const Evaluation& evaluation,
          const DebuggerChoices& choices, DebuggerPlan& plan)
      : debugger_(policy.debugger),
        pod_(pod),
        target_(target),
        evaluation_(evaluation),
        choices_(choices),
        plan_(plan) {
    uid_ = choices.target_uid ? choices.target_uid : run_as_user(pod, *target.json);
  }

  /// The members stand in the order in which people write them.
  void build() {
    if (asks_for_user()) return;
    Json container = Json::object({{"name", free_name(pod_.spec(), debugger_.at("name").get<std::string>())},
                                   {"image", choices_.image.empty() ? debugger_.at("image") : Json(choices_.image)}});
    for (const char* field : {"args", "stdin", "tty"}) {
      if (debugger_.contains(field)) container[field] = debugger_.at(field);
    }
    // In a shared process namespace the kubelet ignores it.
    if (debugger_.value("targetsContainer", false) && !shares_processes())
      container["targetContainerName"] = target_.name();
    if (Json env = environment(); !env.empty()) container["env"] = std::move(env);
    if (Json context = security_context(); !context.empty()) container["securityContext"] = std::move(context);
    container["volumeMounts"] = mounts();
    plan_.container = std::move(container);
  }

 private:
  bool shares_processes() const { return is_true(member(pod_.spec(), "shareProcessNamespace")); }
  bool is_restricted() const { return debugger_.value("restricted", false); }

  /// The debugger must run as the target's user: its socket is open to nobody else. Where the pod does not say which
  /// user that is, the image's own may do, unless the pod forbids root: then the container would never start.
  bool asks_for_user() {
    if (uid_) return false;
    const bool forbids_root = is_restricted() || is_true(security_field(pod_, *target_.json, "runAsNonRoot"));
    if (forbids_root) {
      plan_.refusal = "the pod must not run as root and does not say which user `" + std::string(target_.name()) +
                      "` runs as: pass --target-uid (the images' `app` user is 1654)";
      return true;
    }
    plan_.warnings.push_back("the pod does not say which user `" + std::string(target_.name()) +
                             "` runs as: if the tool finds no process, pass --target-uid");
    return false;
  }

  const SharedVolume* volume_of(std::string_view requirement) const {
    for (const SharedVolume& volume : evaluation_.volumes) {
      if (volume.requirement == requirement && volume.container == target_.name()) return &volume;
    }
    return nullptr;
  }

  /// `text` with `{requirement-id}` replaced by the directory that its volume serves.
  std::string filled_in(std::string text) const {
    for (const SharedVolume& volume : evaluation_.volumes) {
      const std::string placeholder = "{" + volume.requirement + "}";
      const auto at = text.find(placeholder);
      if (at != std::string::npos && volume.container == target_.name())
        text.replace(at, placeholder.size(), volume.directory);
    }
    return text;
  }

  Json environment() const {
    Json env = Json::array();
    const auto add = [&](const char* list) {
      for (const Json& setting : items_member(debugger_, list)) {
        env.push_back(
            Json::object({{"name", setting.at("name")}, {"value", filled_in(setting.at("value").get<std::string>())}}));
      }
    };
    add("env");
    if (shares_processes()) add("envWithSharedProcesses");
    return env;
  }

  Json security_context() const {
    Json context = Json::object();
    if (uid_) {
      context["runAsUser"] = *uid_;
      if (const auto gid = run_as_group(pod_, *target_.json)) context["runAsGroup"] = *gid;
      context["runAsNonRoot"] = *uid_ != 0;
    }
    if (is_restricted()) {
      context["allowPrivilegeEscalation"] = false;
      context["capabilities"] = Json::object({{"drop", Json::array({"ALL"})}});
      context["seccompProfile"] = Json::object({{"type", "RuntimeDefault"}});
    } else if (debugger_.contains("capabilities")) {
      context["capabilities"] = Json::object({{"add", debugger_.at("capabilities")}});
    }
    return context;
  }

  Json mounts() const {
    Json mounts = Json::array();
    for (const Json& id : debugger_.at("mounts")) {
      const SharedVolume* volume = volume_of(id.get_ref<const std::string&>());
      if (volume != nullptr) mounts.push_back(Json::object({{"name", volume->volume}, {"mountPath", volume->path}}));
    }
    return mounts;
  }

  const Json& debugger_;
  const PodView& pod_;
  const ContainerView& target_;
  const Evaluation& evaluation_;
  const DebuggerChoices& choices_;
  DebuggerPlan& plan_;
  std::optional<std::int64_t> uid_;
};

/// What rules a debugger out stays in the plan as unmet; what only might matter becomes a warning.
void sort_out(const Policy& policy, const Evaluation& evaluation, DebuggerPlan& plan) {
  for (const Unmet& unmet : evaluation.unmet) {
    const Requirement* requirement = policy.find(unmet.requirement);
    const bool may_do_without = requirement != nullptr && requirement->is_optional && !unmet.is_conflict();
    if (!may_do_without) {
      plan.unmet.push_back(unmet);
    } else {
      plan.warnings.push_back(unmet.message + " [" + unmet.requirement + "]");
    }
  }
  for (const Warning& warning : evaluation.warnings)
    plan.warnings.push_back(warning.message + ": " + warning.remedy);
}

}  // namespace

DebuggerPlan plan_debugger(const Policy& policy, const Json& document, const Workload& workload,
                           const DebuggerChoices& choices) {
  const PodView pod(document, workload);
  DebuggerPlan plan;
  plan.pod = workload.is_pod() ? workload.name : "";
  plan.name_space = workload.name_space;
  plan.profile = policy.debugger.value("profile", "general");
  plan.refusal = refuses_any(pod);
  if (!plan.refusal.empty()) return plan;

  Choices wanted;
  if (!choices.container.empty()) wanted.containers = {choices.container};
  Json copy = document;
  const Evaluation evaluation = evaluate({&policy}, copy, workload, wanted);
  plan.refusal = evaluation.invalid;
  if (!plan.refusal.empty()) return plan;
  sort_out(policy, evaluation, plan);
  if (!plan.unmet.empty()) return plan;

  const Pointer& path = evaluation.targets.front();
  const ContainerView target{path, value_at(document, path)};
  if (evaluation.targets.size() > 1) {
    plan.warnings.push_back("several containers look like .NET; took `" + std::string(target.name()) +
                            "`: choose with --container");
  }
  Builder(policy, pod, target, evaluation, choices, plan).build();
  return plan;
}

}  // namespace dotdiag
