#include "patch/output_formats.hpp"

#include "core/document/error.hpp"
#include "core/ephemeral/output.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

using Needs = OutputFormat::Needs;

std::string kubectl_custom_usage(const DebuggerPlan& plan) {
  const std::string file = "debugger.json";
  return "save this as " + file + ", then run:\n" + kubectl_debug_command(plan, file, true) + "\n";
}

std::string pod_usage(const DebuggerPlan& plan) {
  return "save this as pod.json, then run:\nkubectl replace --raw " + subresource_path(plan) + " -f pod.json\n";
}

}  // namespace

const std::vector<OutputFormat>& output_formats() {
  static const std::vector<OutputFormat> formats = {
      {"strategic-merge", write_strategic_merge, Needs::container, "the body of a PATCH (the default)", nullptr},
      {"json-patch", write_json_patch, Needs::pod, "the same as a JSON Patch for this very pod", nullptr},
      {"pod", write_pod, Needs::pod_at_server, "the pod with the debugger, for kubectl replace --raw", pod_usage},
      {"kubectl-custom", write_kubectl_custom, Needs::container, "the file for kubectl debug --custom",
       kubectl_custom_usage},
      {"curl", write_curl, Needs::pod_at_server, "a shell script that sends it through kubectl proxy", nullptr},
      {"powershell", write_powershell, Needs::pod_at_server, "the same for PowerShell", nullptr},
      {"yaml", write_yaml, Needs::container, "the patch as YAML", nullptr},
      {"runbook", write_runbook, Needs::pod, "every command from here to the opened dump", nullptr},
  };
  return formats;
}

const OutputFormat* find_output_format(std::string_view name) {
  const auto& formats = output_formats();
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const OutputFormat& format) { return format.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

void check_needs(const OutputFormat& format, const DebuggerPlan& plan, const std::string& file) {
  if (format.needs == Needs::container) return;
  const std::string option = "-o " + std::string(format.name);
  if (plan.object.is_null() || plan.pod.empty())
    throw InputError(file, {}, option + " needs the pod itself, not a template", "use kubectl get pod NAME -o json");
  if (format.needs == Needs::pod_at_server && plan.name_space.empty())
    throw InputError(file, {}, "the pod does not say its namespace, which " + option + " needs", "pass --namespace");
}

}  // namespace dotdiag
