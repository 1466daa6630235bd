# The tests against a real API server. Its programs are built from their Go modules, once; tests/e2e/README.md says more.
# Sourced by ./dev.
# shellcheck shell=bash

e2e_module=tests/e2e/control-plane

# What find_control_plane came to: the directory with the programs, or why there is none although nothing is broken.
e2e_assets=''
e2e_skip_reason=''

# Prints the path of go, also where it is installed but not in PATH.
find_go() {
  command -v go && return
  [[ -x /usr/local/go/bin/go ]] && echo /usr/local/go/bin/go
}

# The version that go.mod pins of the module $1.
pinned() {
  awk -v module="$1" '$1 == module && $2 ~ /^v/ { print $2; exit }' "$e2e_module/go.mod"
}

# Where the programs of these very versions are kept, outside the tree.
control_plane_directory() {
  local hash
  hash=$(cat "$e2e_module/go.mod" "$e2e_module/go.sum" | sha256sum | cut -c 1-12)
  echo "${XDG_CACHE_HOME:-$HOME/.cache}/dotdiag/control-plane/$(pinned k8s.io/kubernetes)-$hash"
}

# Fetches the modules, so that nothing but compiling is left. False with e2e_skip_reason set where this machine lacks Go or
# a way to the modules; plainly false where the pinned modules are not what they were.
fetch_modules() {
  local go=$1 log=build/e2e-modules.log install
  install="install Go $(awk '$1 == "go" { print $2; exit }' "$e2e_module/go.mod") or later, from go.dev/dl"
  [[ -n $go ]] || {
    e2e_skip_reason="go is not installed: $install"
    return 1
  }
  mkdir -p build
  (cd "$e2e_module" && "$go" list -mod=readonly -deps tool) >"$log" 2>&1 && return
  if grep -qE 'SECURITY ERROR|checksum mismatch|missing go.sum entry|updates to go.mod needed' "$log"; then
    cat "$log" >&2
  elif grep -qE 'requires go >=|invalid go version|unknown block type|unknown directive' "$log"; then
    e2e_skip_reason="$("$go" version) is too old: $install"
  else
    e2e_skip_reason="the Go modules cannot be fetched ($(grep . "$log" | tail -n 1))"
  fi
  return 1
}

# build_control_plane GO DIRECTORY: all or nothing, because a run may be interrupted and another one may build at the same time.
build_control_plane() {
  local go=$1 directory=$2 version new package stamp='-s -w'
  version=$(pinned k8s.io/kubernetes)
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    stamp+=" -X $package.gitVersion=$version -X $package.gitTreeState=clean"
    stamp+=" -X $package.gitMajor=1 -X $package.gitMinor=$(cut -d . -f 2 <<<"$version")"
  done
  mkdir -p "$(dirname "$directory")"
  new=$(mktemp -d "$directory.XXXXXX")
  echo "building Kubernetes $version and etcd $(pinned go.etcd.io/etcd/server/v3): this takes minutes, once"
  SECONDS=0
  if (cd "$e2e_module" && CGO_ENABLED=0 nice "$go" build -p "$(nproc)" -mod=readonly -trimpath -buildvcs=false \
    -ldflags "$stamp" -o "$new/" tool) && mv "$new/server" "$new/etcd"; then
    mv -T "$new" "$directory" 2>/dev/null || rm -rf "$new"
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
  e2e_assets=$(control_plane_directory)
  [[ -d $e2e_assets ]] && return
  go=$(find_go || true)
  fetch_modules "$go" && build_control_plane "$go" "$e2e_assets"
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

# With the sanitizers' build, which the unit tests have just made.
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
    without=("~[controllers]")
  fi
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
  build dev test_e2e
  run_test_e2e dev "$@"
}
