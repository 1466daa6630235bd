#include "core/ephemeral/pod_status.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace dotdiag {
namespace {

constexpr std::string_view mirror_annotation = "kubernetes.io/config.mirror";

constexpr std::array<std::string_view, 3> status_lists = {"containerStatuses", "initContainerStatuses",
                                                          "ephemeralContainerStatuses"};
constexpr std::array<std::pair<std::string_view, ContainerState>, 3> states = {{
    {"running", ContainerState::running},
    {"waiting", ContainerState::waiting},
    {"terminated", ContainerState::terminated},
}};

/// Reasons for which a container waits that waiting does not mend.
constexpr std::array<std::string_view, 5> hopeless = {
    "InvalidImageName", "ErrImageNeverPull", "CreateContainerConfigError", "CreateContainerError", "RunContainerError"};

const Json* part_of(const PodView& pod, std::string_view name) {
  const Json* object = value_at(pod.document(), pod.workload().object);
  return object == nullptr ? nullptr : member(*object, name);
}

/// The status of the container called `name`; nullptr where there is none.
const Json* status_of(const PodView& pod, std::string_view name) {
  const Json* status = pod.workload().is_pod() ? part_of(pod, "status") : nullptr;
  if (status == nullptr) return nullptr;
  for (const std::string_view list : status_lists) {
    for (const Json& one : items_member(*status, list)) {
      if (text_member(one, "name") == name) return &one;
    }
  }
  return nullptr;
}

ContainerCondition read_condition(const Json& status) {
  const Json* state = member(status, "state");
  if (state == nullptr) return {};
  for (const auto& [key, value] : states) {
    const Json* details = member(*state, key);
    if (details == nullptr) continue;
    ContainerCondition condition{value, std::string(text_member(*details, "reason")),
                                 std::string(text_member(*details, "message")), std::nullopt};
    const Json* exit_code = member(*details, "exitCode");
    if (exit_code != nullptr && exit_code->is_number_integer()) condition.exit_code = exit_code->get<std::int64_t>();
    return condition;
  }
  return {};
}

}  // namespace

bool will_never_run(const ContainerCondition& condition) {
  return condition.state == ContainerState::waiting &&
         std::find(hopeless.begin(), hopeless.end(), condition.reason) != hopeless.end();
}

ContainerCondition condition_of(const PodView& pod, std::string_view name) {
  const Json* status = status_of(pod, name);
  return status == nullptr ? ContainerCondition{} : read_condition(*status);
}

UserInStatus user_in_status(const PodView& pod, std::string_view name) {
  const Json* status = status_of(pod, name);
  const Json* user = status == nullptr ? nullptr : value_at(*status, Pointer{} / "user" / "linux");
  if (user == nullptr) return {};
  const auto id = [&](std::string_view key) {
    const Json* value = member(*user, key);
    const bool is_id = value != nullptr && value->is_number_integer() && value->get<std::int64_t>() >= 0;
    return is_id ? std::optional(value->get<std::int64_t>()) : std::nullopt;
  };
  return {id("uid"), id("gid")};
}

std::vector<ContainerView> ephemeral_containers(const PodView& pod) {
  std::vector<ContainerView> views;
  const Pointer list = pod.spec_path() / "ephemeralContainers";
  std::size_t index = 0;
  for (const Json& container : items_member(pod.spec(), "ephemeralContainers"))
    views.push_back({list / index++, &container});
  return views;
}

std::string why_closed(const PodView& pod) {
  if (!pod.workload().is_pod()) return {};
  if (!pod.annotation(mirror_annotation).empty())
    return "the kubelet runs this static pod from a file, and static pods take no ephemeral containers";
  const Json* metadata = part_of(pod, "metadata");
  if (metadata != nullptr && member(*metadata, "deletionTimestamp") != nullptr)
    return "the pod is being deleted, and nothing new starts in it: take another one";
  const Json* status = part_of(pod, "status");
  const auto phase = status == nullptr ? std::string_view{} : text_member(*status, "phase");
  if (phase == "Succeeded" || phase == "Failed") return "the pod has ended: there is no process left to look at";
  return {};
}

}  // namespace dotdiag
