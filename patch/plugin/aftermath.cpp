#include "patch/plugin/aftermath.hpp"

#include "core/document/json_reader.hpp"
#include "core/document/pod_view.hpp"
#include "core/document/printable.hpp"
#include "core/ephemeral/pod_status.hpp"

#include <optional>

namespace dotdiag {
namespace {

/// How often the container was restarted; nothing where the pod does not say.
std::optional<std::int64_t> restarts(const Json& pod, std::string_view container) {
  const Json* status = member(pod, "status");
  if (status == nullptr) return std::nullopt;
  for (const Json& one : items_member(*status, "containerStatuses")) {
    const Json* count = member(one, "restartCount");
    if (text_member(one, "name") == container && count != nullptr && count->is_number_integer())
      return count->get<std::int64_t>();
  }
  return std::nullopt;
}

/// Why it was last ended: `OOMKilled, exit code 137`.
std::string last_end(const Json& pod, std::string_view container) {
  for (const Json& one : items_member(*member(pod, "status"), "containerStatuses")) {
    const Json* last = value_at(one, Pointer{} / "lastState" / "terminated");
    if (text_member(one, "name") != container || last == nullptr) continue;
    const Json* code = member(*last, "exitCode");
    return std::string(text_member(*last, "reason")) + (code == nullptr ? "" : ", exit code " + code->dump());
  }
  return {};
}

std::string of_debugger(const Json& pod, const std::string& name) {
  const auto workload = as_workload(pod);
  if (!workload) return {};
  const ContainerCondition condition = condition_of(PodView(pod, *workload), name);
  if (condition.state != ContainerState::terminated) return {};
  return name + " has ended (" + one_line(condition.reason) +
         (condition.exit_code ? ", exit code " + std::to_string(*condition.exit_code) : "") +
         "): the next command adds another one";
}

std::string of_pod(const Json& pod) {
  const Json* status = member(pod, "status");
  if (status == nullptr || text_member(*status, "phase") != "Failed") return {};
  return "the pod has ended: " + one_line(text_member(*status, "reason")) + ": " +
         one_line(text_member(*status, "message"));
}

std::string of_target(const Json& before, const Json& now, const std::string& target) {
  const auto then = restarts(before, target), since = restarts(now, target);
  if (!then || !since || *since <= *then) return {};
  return "`" + target + "` was restarted meanwhile (" + one_line(last_end(now, target)) + ")";
}

}  // namespace

std::vector<std::string> what_happened(const Session& session) {
  const DebuggerPlan& plan = session.plan();
  const KubectlResult result =
      session.kubectl().run({"get", "pod", plan.pod, "--namespace=" + plan.name_space, "--output=json"});
  if (!result.succeeded()) {
    const bool is_gone = result.err.find("NotFound") != std::string::npos;
    return {is_gone ? "the pod is gone" : "the pod cannot be read now: " + one_line(result.err)};
  }
  const Json now = read_json(result.out, "pod/" + plan.pod);
  std::vector<std::string> happened;
  for (std::string sentence : {of_pod(now), of_target(plan.object, now, plan.target), of_debugger(now, plan.name())})
    if (!sentence.empty()) happened.push_back(std::move(sentence));
  return happened;
}

}  // namespace dotdiag
