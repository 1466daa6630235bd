#include "patch/output_formats.hpp"

#include "core/ephemeral/output.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

std::string kubectl_custom_usage(const DebuggerPlan& plan) {
  const std::string file = "debugger.json";
  return "save this as " + file + ", then run:\n" + kubectl_debug_command(plan, file) + "\n";
}

}  // namespace

const std::vector<OutputFormat>& output_formats() {
  static const std::vector<OutputFormat> formats = {
      {"strategic-merge", write_strategic_merge, nullptr},
      {"kubectl-custom", write_kubectl_custom, kubectl_custom_usage},
  };
  return formats;
}

const OutputFormat* find_output_format(std::string_view name) {
  const auto& formats = output_formats();
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const OutputFormat& format) { return format.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace dotdiag
