// Pods as `kubectl get` shows them, for a kubectl that answers from a script.
#pragma once

#include "core/document/json.hpp"

#include <string>

namespace dotdiag::test {

inline const std::string collector_runs = R"([{"name": "dotdiag-collect", "state": {"running": {}}}])";

/// One that the webhook prepared; `debuggers` are the statuses of its ephemeral containers.
inline std::string prepared_pod_json(const std::string& debuggers = "") {
  Json pod = Json::parse(R"({"apiVersion": "v1", "kind": "Pod",
    "metadata": {"name": "web-0", "namespace": "shop", "uid": "u", "resourceVersion": "1"},
    "spec": {"shareProcessNamespace": true, "securityContext": {"runAsUser": 1654, "runAsGroup": 1654},
      "containers": [{"name": "web", "image": "acme/web:1",
        "env": [{"name": "DOTNET_EnableDiagnostics", "value": "1"}, {"name": "TMPDIR", "value": "/tmp"}],
        "volumeMounts": [{"name": "cache-volume", "mountPath": "/tmp"}]}],
      "volumes": [{"name": "cache-volume", "emptyDir": {"sizeLimit": "500Mi"}}]},
    "status": {"phase": "Running"}})");
  if (!debuggers.empty()) pod["status"]["ephemeralContainerStatuses"] = Json::parse(debuggers);
  return pod.dump();
}

/// Branches of FakeKubectl: before and after the debugger was added the pod looks differently.
inline const std::string pod_cases =
    "*'get namespace'*) echo 'Error from server (Forbidden): no' >&2; exit 1 ;;\n"
    "*'get pod '*) if [ -e \"$HERE/body\" ]; then cat \"$HERE/after.json\"; else cat \"$HERE/pod.json\"; fi ;;\n"
    "*'replace --raw'*) cat > \"$HERE/body\" ;;\n";

}  // namespace dotdiag::test
