// What the API server's refusals mean for somebody who wants a debugger in a pod.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

/// What to do about the error that kubectl printed; ends in a line break. Empty for an error that says enough itself.
std::string explain_server_refusal(std::string_view error);

/// True where the pod has changed since it was read, so that the same request on the newer pod may succeed.
bool is_conflict(std::string_view error);

/// True where the user may not replace a pod's ephemeral containers, and might still be allowed to patch them.
bool may_not_update(std::string_view error);

/// The Role that lets somebody inject, as manifests/role-inject.yaml has it.
std::string_view role_manifest();

}  // namespace dotdiag
