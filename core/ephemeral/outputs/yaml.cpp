// yaml: the strategic merge patch for people.
#include "core/edit/yaml_writer.hpp"
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/json_text.hpp"

namespace dotdiag {

std::string write_yaml(const DebuggerPlan& plan) {
  return write_block(merge_patch(plan), 0, {});
}

}  // namespace dotdiag
