// process-namespace: the pod's containers see each other's processes (shareProcessNamespace: true).
// Without it a tool lists the application only through targetContainerName, and ends when that restarts.
#include "core/policy/kinds.hpp"

namespace dotdiag {

std::optional<Unmet> check_process_namespace(const Check& check) {
  const Pointer path = check.pod.spec_path() / "shareProcessNamespace";
  const Json* share = member(check.pod.spec(), "shareProcessNamespace");
  if (share != nullptr && *share == true) return std::nullopt;
  // With hostPID all containers of the pod are in the node's namespace, and so is a debugger. The API server takes only
  // one of the two fields.
  if (check.pod.host_pid()) return std::nullopt;
  const bool is_contrary = share != nullptr;
  if (is_contrary && !check.choices.override_conflicts) {
    return check.conflict(path,
                          "shareProcessNamespace is " + share->dump(-1, ' ', false, Json::error_handler_t::replace),
                          "set shareProcessNamespace to true");
  }
  return check.missing("the pod does not set shareProcessNamespace: true", "set shareProcessNamespace: true",
                       {set_member(check.pod.document(), path, true)});
}

}  // namespace dotdiag
