// kubectl-custom: the file for `kubectl debug --custom`, and the command that takes it.
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/json_text.hpp"
#include "core/ephemeral/shell.hpp"

#include <string_view>

namespace dotdiag {
namespace {

/// What `kubectl debug --custom` refuses ("not modifiable via custom profile"), and what is no member of a Container.
/// Source: kubernetes/kubectl, pkg/cmd/debug.
constexpr std::string_view not_custom[] = {"name",      "image",         "command",
                                           "lifecycle", "volumeDevices", "targetContainerName"};

}  // namespace

std::string write_kubectl_custom(const DebuggerPlan& plan) {
  Json container = plan.container;
  for (const std::string_view field : not_custom)
    container.erase(std::string(field));
  return indented(container);
}

std::string kubectl_debug_command(const DebuggerPlan& plan, std::string_view custom_path, bool attaches) {
  std::string command = "kubectl debug";
  const auto add = [&](std::string_view option, std::string_view value) {
    command += " " + shell_word(std::string(option) + std::string(value));
  };
  if (!plan.name_space.empty()) add("--namespace=", plan.name_space);
  add("pod/", plan.pod.empty() ? "POD" : plan.pod);
  add("--image=", text_member(plan.container, "image"));
  add("--container=", text_member(plan.container, "name"));
  if (const auto target = text_member(plan.container, "targetContainerName"); !target.empty()) add("--target=", target);
  add("--profile=", plan.profile);
  add("--custom=", custom_path);
  if (attaches && member(plan.container, "tty") != nullptr) command += " -it";
  return command;
}

}  // namespace dotdiag
