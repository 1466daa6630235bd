// strategic-merge: the body of a PATCH, the default.
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/json_text.hpp"

namespace dotdiag {

std::string write_strategic_merge(const DebuggerPlan& plan) {
  return indented(merge_patch(plan));
}

}  // namespace dotdiag
