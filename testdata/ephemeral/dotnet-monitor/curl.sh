#!/bin/sh
# Brings debugger into pod web-5969f6597f-9fl2l, namespace shop, through kubectl proxy. Needs kubectl and curl 7.76.
set -eu
directory=$(mktemp -d)
kubectl proxy --unix-socket="$directory/api" >/dev/null &
proxy=$!
trap 'kill "$proxy" 2>/dev/null || true; rm -rf "$directory"' EXIT
while [ ! -S "$directory/api" ] && kill -0 "$proxy"; do sleep 0.1; done
curl --fail-with-body --silent --show-error --unix-socket "$directory/api" --request PATCH \
  --header 'Content-Type: application/strategic-merge-patch+json' --data-binary @- --output "$directory/answer" \
  http://localhost/api/v1/namespaces/shop/pods/web-5969f6597f-9fl2l/ephemeralcontainers <<'END' || { cat "$directory/answer" >&2 || true; exit 1; }
{
  "spec": {
    "ephemeralContainers": [
      {
        "name": "debugger",
        "image": "mcr.microsoft.com/dotnet/monitor:10.0",
        "args": [
          "collect",
          "--no-auth"
        ],
        "env": [
          {
            "name": "DOTNET_EnableDiagnostics",
            "value": "0"
          },
          {
            "name": "DOTNETMONITOR_Urls",
            "value": "http://localhost:52323"
          },
          {
            "name": "DOTNETMONITOR_DiagnosticPort__ConnectionMode",
            "value": "Listen"
          },
          {
            "name": "DOTNETMONITOR_DiagnosticPort__EndpointName",
            "value": "/diag/dotnet-monitor.sock"
          },
          {
            "name": "DOTNETMONITOR_Storage__DefaultSharedPath",
            "value": "/diag"
          }
        ],
        "securityContext": {
          "runAsUser": 1654,
          "runAsGroup": 1654,
          "runAsNonRoot": true
        },
        "volumeMounts": [
          {
            "name": "diagvol",
            "mountPath": "/diag"
          }
        ]
      }
    ]
  }
}
END
echo 'Added debugger into pod web-5969f6597f-9fl2l, namespace shop.'
