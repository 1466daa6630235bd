// Writes a planned ephemeral container in the forms that the tools of Kubernetes take. One format is one file in
// core/ephemeral/outputs. All of them need a plan that is ready, and end in a line break.
#pragma once

#include "core/ephemeral/plan.hpp"

#include <string>

namespace dotdiag {

/// The body for `PATCH .../pods/<pod>/ephemeralcontainers` as application/strategic-merge-patch+json.
/// ephemeralContainers merges by name, so existing ones stay.
std::string write_strategic_merge(const DebuggerPlan& plan);

/// The same as application/json-patch+json, against the pod as it was given: the list is made where the pod has none.
/// It fails where the pod is another one by now (its uid is tested). Needs `plan.object`.
std::string write_json_patch(const DebuggerPlan& plan);

/// The pod as it was given with the container added, resourceVersion kept: the body for
/// `kubectl replace --raw .../ephemeralcontainers -f FILE`. Needs `plan.object`.
std::string write_pod(const DebuggerPlan& plan);

/// The file for `kubectl debug --custom`: a partial Container without what kubectl refuses there (name, image, command,
/// lifecycle, volumeDevices) and without targetContainerName, which kubectl takes as `--target`.
std::string write_kubectl_custom(const DebuggerPlan& plan);

/// The strategic merge patch as YAML, for people and for tools that take it.
std::string write_yaml(const DebuggerPlan& plan);

/// A script for a POSIX shell that sends the patch through `kubectl proxy`. Needs the pod's name and namespace.
std::string write_curl(const DebuggerPlan& plan);

/// The same for PowerShell 5.1 and later.
std::string write_powershell(const DebuggerPlan& plan);

/// Every step from the injection to the opened dump, as numbered commands for this very pod: all lines that are none
/// are comments, so that the text can be pasted line by line. Needs the pod's name.
std::string write_runbook(const DebuggerPlan& plan);

/// The runbook's steps for somebody whose debugger runs already.
std::string write_next_steps(const DebuggerPlan& plan);

/// The `kubectl debug` command line that goes with write_kubectl_custom, with the file at `custom_path`. Quoted for a
/// POSIX shell. With `attaches` it stays in the debugger's terminal, where that has one.
std::string kubectl_debug_command(const DebuggerPlan& plan, std::string_view custom_path, bool attaches);

/// `/api/v1/namespaces/<namespace>/pods/<pod>/ephemeralcontainers`.
std::string subresource_path(const DebuggerPlan& plan);

/// `kubectl exec -n shop web-0 -c dotdiag-collect -- dotdiag-collect heap`: how a command of dotdiag-collect is run in
/// a native debugger, the options with which it finds the process included. Quoted for a POSIX shell but for `command`.
std::string collect(const DebuggerPlan& plan, const std::string& command);

/// `kubectl exec --namespace=shop web-0` and its like: the verb, the namespace and the pod, quoted for a POSIX shell.
std::string kubectl_on_pod(const DebuggerPlan& plan, std::string_view verb);

}  // namespace dotdiag
