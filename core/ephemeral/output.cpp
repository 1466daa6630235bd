#include "core/ephemeral/output.hpp"

#include <string_view>

namespace dotdiag {
namespace {

/// What `kubectl debug --custom` refuses ("not modifiable via custom profile"), and what is no member of a Container.
/// Source: kubernetes/kubectl, pkg/cmd/debug.
constexpr std::string_view not_custom[] = {"name",      "image",         "command",
                                           "lifecycle", "volumeDevices", "targetContainerName"};

std::string indented(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// `word` as one word of a POSIX shell.
std::string shell_word(std::string_view word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@,+%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) return std::string(word);
  std::string quoted = "'";
  for (const char character : word) {
    if (character == '\'') {
      quoted += "'\\''";
    } else {
      quoted += character;
    }
  }
  return quoted + "'";
}

}  // namespace

std::string write_strategic_merge(const DebuggerPlan& plan) {
  const Json containers = Json::object({{"ephemeralContainers", Json::array({plan.container})}});
  return indented(Json::object({{"spec", containers}}));
}

std::string write_kubectl_custom(const DebuggerPlan& plan) {
  Json container = plan.container;
  for (const std::string_view field : not_custom)
    container.erase(std::string(field));
  return indented(container);
}

std::string kubectl_debug_command(const DebuggerPlan& plan, const std::string& custom_path) {
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
  if (member(plan.container, "tty") != nullptr) command += " -it";
  return command;
}

}  // namespace dotdiag
