# The tests against a real API server. Its programs are built from their Go modules, once; tests/e2e/README.md says more.
# Sourced by ./dev.
# shellcheck shell=bash

e2e_module=tests/e2e/control-plane

# What find_control_plane came to: the directory with the programs, or why there is none although nothing is broken.
e2e_assets=''
e2e_skip_reason=''

# kubernetes_stamp DIRECTORY: what the linker is told, so that programs of Kubernetes know the version that its go.mod pins.
kubernetes_stamp() {
  local version package stamp='-s -w'
  version=$(pinned "$1" k8s.io/kubernetes)
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    stamp+=" -X $package.gitVersion=$version -X $package.gitTreeState=clean"
    stamp+=" -X $package.gitMajor=1 -X $package.gitMinor=$(cut -d . -f 2 <<<"$version")"
  done
  echo "$stamp"
}

# build_control_plane GO DIRECTORY
build_control_plane() {
  local go=$1 directory=$2 new
  new=$(new_beside "$directory")
  echo "building Kubernetes $(pinned "$e2e_module" k8s.io/kubernetes) and etcd $(pinned "$e2e_module" go.etcd.io/etcd/server/v3): this takes minutes, once"
  SECONDS=0
  if build_go_tools "$go" "$e2e_module" "$new" "$(kubernetes_stamp "$e2e_module")" && mv "$new/server" "$new/etcd"; then
    move_there "$new" "$directory"
    echo "built in $SECONDS s: $directory"
  else
    rm -rf "$new"
    return 1
  fi
}

# Sets e2e_assets, building the programs where they are not there yet. False with e2e_skip_reason set where they cannot be had
# here; plainly false where something is broken.
find_control_plane() {
  local go
  e2e_assets=${KUBEBUILDER_ASSETS:-}
  if [[ -n $e2e_assets ]]; then
    [[ -x $e2e_assets/kube-apiserver && -x $e2e_assets/etcd ]] && return
    echo "e2e: KUBEBUILDER_ASSETS: $e2e_assets has no kube-apiserver and etcd" >&2
    return 1
  fi
  e2e_assets=$(go_cache control-plane "$e2e_module" k8s.io/kubernetes)
  [[ -d $e2e_assets ]] && return
  go=$(find_go || true)
  fetch_modules "$go" "$e2e_module" list -mod=readonly -deps tool || {
    # shellcheck disable=SC2154  # tools/go.sh sets it
    e2e_skip_reason=$go_skip_reason
    return 1
  }
  build_control_plane "$go" "$e2e_assets"
}

# run_test_e2e PRESET [ARGUMENTS OF CATCH2...]
run_test_e2e() {
  local program=build/$1/tests/e2e/test_e2e
  shift
  # shellcheck disable=SC2154  # tools/build.sh sets it
  KUBEBUILDER_ASSETS=$e2e_assets "${unrandomised[@]}" "$program" "$@"
}

# count_e2e REPORT: counts test cases and shows what failed in them. The report is Catch2's JUnit.
count_e2e() {
  local name
  count "$(($(grep -c '<testcase ' "$1") - $(failed_e2e "$1" | wc -l)))" 0 0
  while read -r name; do
    fail "e2e: $name"
  done < <(failed_e2e "$1")
  sed -n '/<failure /,/<\/failure>/p; /<error /,/<\/error>/p' "$1" | unescape_xml
}

failed_e2e() {
  awk '
    /<testcase / { match($0, / name="[^"]*"/); name = substr($0, RSTART + 7, RLENGTH - 8) }
    /<(failure|error) / && name != "" { print name; name = "" }' "$1" | unescape_xml
}

# skip_or_fail WHAT REASON: no reason means that something is broken.
skip_or_fail() {
  if [[ -n $2 ]]; then skip "$1: $2"; else fail "$1"; fi
}

# With the sanitizers' build, which the stage addresses has made.
stage_e2e() {
  local report=$PWD/build/asan/e2e.xml status=0 without=()
  if ! find_control_plane; then
    if [[ -n $e2e_skip_reason ]]; then skip "e2e: $e2e_skip_reason"; else fail "e2e: no control plane"; fi
    return
  fi
  build asan test_e2e || {
    fail "e2e: the build of test_e2e"
    return
  }
  if [[ ! -x $e2e_assets/kube-controller-manager ]]; then
    skip "e2e: what needs kube-controller-manager, which $e2e_assets does not have"
    without+=("~[controllers]")
  fi
  find_definitions || skip_or_fail "e2e: cert-manager and monitoring" "${definitions_skip_reason:-}"
  find_helm || {
    skip_or_fail "e2e: the chart" "${helm_skip_reason:-}"
    without+=("~[helm]")
  }
  rm -f "$report"
  run_test_e2e asan --reporter junit --out "$report" "${without[@]}" || status=$?
  if [[ -s $report ]]; then count_e2e "$report"; fi
  [[ $status -eq 0 ]] || [[ -s $report && -n $(failed_e2e "$report") ]] || fail "e2e: test_e2e ended with $status"
}

# ./dev e2e [ARGUMENTS OF CATCH2...]
run_e2e() {
  install_missing building tests e2e
  find_control_plane || {
    echo "e2e: ${e2e_skip_reason:-no control plane}" >&2
    return 1
  }
  find_definitions || echo "e2e: without cert-manager and monitoring: ${definitions_skip_reason:-something is broken}" >&2
  find_helm || echo "e2e: tests tagged [helm] will fail: ${helm_skip_reason:-something is broken}" >&2
  build dev test_e2e
  run_test_e2e dev "$@"
}
