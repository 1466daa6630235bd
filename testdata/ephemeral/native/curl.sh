#!/bin/sh
# Brings dotdiag-collect into pod web-5969f6597f-9fl2l, namespace shop, through kubectl proxy. Needs kubectl and curl 7.76.
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
        "name": "dotdiag-collect",
        "image": "dotdiag-collect:0.1.0",
        "args": [
          "wait",
          "--for",
          "1h"
        ],
        "env": [
          {
            "name": "TMPDIR",
            "value": "/tmp"
          }
        ],
        "securityContext": {
          "runAsUser": 1654,
          "runAsGroup": 1654,
          "runAsNonRoot": true,
          "allowPrivilegeEscalation": false,
          "readOnlyRootFilesystem": true,
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
echo 'Added dotdiag-collect into pod web-5969f6597f-9fl2l, namespace shop.'
