// Writes a planned ephemeral container in the forms that the tools of Kubernetes take.
#pragma once

#include "core/ephemeral/plan.hpp"

#include <string>

namespace dotdiag {

/// The body for `PATCH .../pods/<pod>/ephemeralcontainers` as application/strategic-merge-patch+json, indented, with a
/// final line break. ephemeralContainers merges by name, so existing ones stay.
std::string write_strategic_merge(const DebuggerPlan& plan);

/// The file for `kubectl debug --custom`: a partial Container without what kubectl refuses there (name, image, command,
/// lifecycle, volumeDevices) and without targetContainerName, which kubectl takes as `--target`.
std::string write_kubectl_custom(const DebuggerPlan& plan);

/// The `kubectl debug` command line that goes with write_kubectl_custom, with the file at `custom_path`. Quoted for a
/// POSIX shell.
std::string kubectl_debug_command(const DebuggerPlan& plan, const std::string& custom_path);

}  // namespace dotdiag
