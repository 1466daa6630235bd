#!/bin/sh
# Brings dump-debugger into pod web-5969f6597f-9fl2l, namespace shop, through kubectl proxy. Needs kubectl and curl 7.76.
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
        "name": "dump-debugger",
        "image": "mcr.microsoft.com/dotnet/sdk:10.0-alpine",
        "args": [
          "sh"
        ],
        "stdin": true,
        "tty": true,
        "env": [
          {
            "name": "DOTNET_EnableDiagnostics",
            "value": "0"
          },
          {
            "name": "TMPDIR",
            "value": "/tmp"
          },
          {
            "name": "DOTNET_CLI_HOME",
            "value": "/tmp/.dotdiag"
          }
        ],
        "securityContext": {
          "runAsUser": 1654,
          "runAsGroup": 1654,
          "runAsNonRoot": true,
          "allowPrivilegeEscalation": false,
          "capabilities": {
            "drop": [
              "ALL"
            ]
          },
          "seccompProfile": {
            "type": "RuntimeDefault"
          }
        },
        "volumeMounts": [
          {
            "name": "cache-volume",
            "mountPath": "/tmp"
          }
        ]
      }
    ]
  }
}
END
echo 'Added dump-debugger into pod web-5969f6597f-9fl2l, namespace shop.'
