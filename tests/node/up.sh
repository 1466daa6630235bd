#!/usr/bin/env bash
# up.sh CONTROL_PLANE KUBELET IMAGE... -- COMMAND...: brings up one Kubernetes node, imports images into it (archives), and runs the
# command once it is Ready. CONTROL_PLANE and KUBELET are directories with programs; kubelet makes its cgroups below NODE_CGROUP.
# Runs inside own_machine.sh: whatever is started here ends with it. README.md says what the settings are for.
set -euo pipefail
control_plane=$1 kubelet=$2
shift 2
images=()
while [[ $1 != -- ]]; do
  images+=("$1")
  shift
done
shift
settings=$(realpath "$(dirname "${BASH_SOURCE[0]}")")/settings
export PATH=$control_plane:$PATH KUBECONFIG=/run/node/admin.kubeconfig KUBERC=off

# The pods' network has the node at .0.1. The Service `kubernetes` has the first address of the Services' network, and no
# kube-proxy leads from there to the API server: so it listens there itself.
node_address=10.231.0.1
api_address=10.231.1.1
services=10.231.1.0/24

launch() {
  "$@" </dev/null >"/run/node/log/${1##*/}.log" 2>&1 &
}

say() {
  awk -v what="$*" '{ printf "%5.1f s  %s\n", $1 - started, what }' started="$started" /proc/uptime
}

# wait_for WHAT COMMAND...
wait_for() {
  local what=$1 attempt
  shift
  for ((attempt = 0; attempt < 600; ++attempt)); do
    if "$@" >/dev/null 2>&1; then
      say "$what"
      return
    fi
    sleep 0.1
  done
  echo "node: waited in vain for $what; the last lines of the logs:" >&2
  tail -n 5 /run/node/log/*.log >&2
  exit 1
}

make_directories() {
  mkdir -p /run/node/{log,cni,pods,kubelet}
  cp "$settings/10-node.conflist" /run/node/cni/
}

make_network() {
  ip address add "$api_address/32" dev lo
  ip link add node0 type bridge
  ip address add "$node_address/24" dev node0
  ip link set node0 up
}

# One key: the API server's certificate is its own authority, and the tokens of service accounts are signed by it, too.
make_certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=node-test \
    -addext "subjectAltName=IP:127.0.0.1,IP:$api_address" -keyout /run/node/api.key -out /run/node/api.crt 2>/dev/null
}

# make_kubeconfig USER: the user's token is its name: settings/tokens.csv.
make_kubeconfig() {
  cat >"/run/node/$1.kubeconfig" <<YAML
apiVersion: v1
kind: Config
current-context: node
clusters: [{name: node, cluster: {server: "https://127.0.0.1", certificate-authority: /run/node/api.crt}}]
users: [{name: $1, user: {token: $1}}]
contexts: [{name: node, context: {cluster: node, user: $1}}]
YAML
}

start_etcd() {
  launch etcd --data-dir /run/node/etcd --unsafe-no-fsync
}

# Without kube-proxy the addresses of Services lead nowhere: --enable-aggregator-routing has the API server call a webhook at the
# address of one of its pods.
start_api_server() {
  launch kube-apiserver --etcd-servers=http://127.0.0.1:2379 --secure-port=443 --advertise-address="$api_address" \
    --endpoint-reconciler-type=none --enable-aggregator-routing=true --service-cluster-ip-range="$services" \
    --tls-cert-file=/run/node/api.crt --tls-private-key-file=/run/node/api.key --kubelet-preferred-address-types=InternalIP \
    --authorization-mode=Node,RBAC --token-auth-file="$settings/tokens.csv" --allow-privileged=true \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file=/run/node/api.crt \
    --service-account-signing-key-file=/run/node/api.key
}

start_controllers() {
  launch kube-controller-manager --kubeconfig=/run/node/controllers.kubeconfig --leader-elect=false \
    --use-service-account-credentials=true --root-ca-file=/run/node/api.crt --service-account-private-key-file=/run/node/api.key
  launch "$kubelet/kube-scheduler" --kubeconfig=/run/node/scheduler.kubeconfig --leader-elect=false
}

start_kubelet() {
  launch "$kubelet/kubelet" --config="$settings/kubelet.yaml" --kubeconfig=/run/node/kubelet.kubeconfig \
    --root-dir=/run/node/kubelet --cert-dir=/run/node/kubelet/pki --cgroup-root="$NODE_CGROUP" \
    --hostname-override=node --node-ip="$node_address"
}

import_images() {
  local archive
  for archive in "${images[@]}"; do
    ctr --namespace k8s.io images import "$archive" >>/run/node/log/import.log 2>&1
  done
  say "${#images[@]} images imported"
}

started=$(cut -d ' ' -f 1 /proc/uptime)
make_directories
make_network
make_certificate
for user in admin controllers scheduler kubelet; do make_kubeconfig "$user"; done
start_etcd
start_api_server
launch containerd --config "$settings/containerd.toml"
wait_for "containerd answers" ctr version
import_images &
importing=$!
wait_for "the API server is ready" kubectl get --raw /readyz
start_controllers
start_kubelet
wait_for "the node is Ready" kubectl wait --for=condition=Ready node/node --timeout=1s
wait_for "namespaces have their service account" kubectl get serviceaccount default
wait "$importing"
"$@"
