// pod: the whole pod with the debugger in it, for a PUT.
#include "core/edit/edit.hpp"
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/json_text.hpp"

namespace dotdiag {

std::string write_pod(const DebuggerPlan& plan) {
  Json pod = plan.object;
  dotdiag::apply(pod, append_item(plan.object, Pointer::parse("/spec/ephemeralContainers"), plan.container));
  return indented(pod);
}

}  // namespace dotdiag
