// The parts of commands and addresses that several outputs share.
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/shell.hpp"

namespace dotdiag {

std::string subresource_path(const DebuggerPlan& plan) {
  return "/api/v1/namespaces/" + plan.name_space + "/pods/" + plan.pod + "/ephemeralcontainers";
}

std::string kubectl_on_pod(const DebuggerPlan& plan, std::string_view verb) {
  const std::string name_space = plan.name_space.empty() ? "" : " -n " + shell_word(plan.name_space);
  return "kubectl " + std::string(verb) + name_space + " " + shell_word(plan.pod);
}

}  // namespace dotdiag
