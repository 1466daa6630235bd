# Programs of others, built or taken from their Go modules, once, and kept outside the tree. Sourced by ./dev.
# shellcheck shell=bash
# shellcheck disable=SC2034  # what is set here is read elsewhere
#
# A directory with go.mod and go.sum pins them: tests/e2e/control-plane, tests/node/kubelet, tests/manifests/helm,
# tests/manifests/definitions.

# Why fetch_modules failed although nothing is broken: this machine lacks Go or a way to the modules.
go_skip_reason=''

# Prints the path of go, also where it is installed but not in PATH.
find_go() {
  command -v go && return
  [[ -x /usr/local/go/bin/go ]] && echo /usr/local/go/bin/go
}

# pinned DIRECTORY MODULE: the version that its go.mod pins of the module.
pinned() {
  awk -v module="$2" '$1 == module && $2 ~ /^v/ { print $2; exit }' "$1/go.mod"
}

# go_cache NAME DIRECTORY MODULE: where what these very versions make is kept; named for people by the version of one module.
go_cache() {
  local hash
  hash=$(cat "$2/go.mod" "$2/go.sum" | sha256sum | cut -c 1-12)
  echo "${XDG_CACHE_HOME:-$HOME/.cache}/dotdiag/$1/$(pinned "$2" "$3")-$hash"
}

# fetch_modules GO DIRECTORY COMMAND...: runs that command of go's, which fetches what go.mod pins. False with go_skip_reason set
# where this machine cannot; plainly false where the pinned modules are not what they were.
fetch_modules() {
  local go=$1 directory=$2 install log
  log=$PWD/build/go-${2##*/}.log
  shift 2
  install="install Go $(awk '$1 == "go" { print $2; exit }' "$directory/go.mod") or later, from go.dev/dl"
  go_skip_reason=''
  [[ -n $go ]] || {
    go_skip_reason="go is not installed: $install"
    return 1
  }
  mkdir -p build
  (cd "$directory" && "$go" "$@") >"$log" 2>&1 && return
  if grep -qE 'SECURITY ERROR|checksum mismatch|missing go.sum entry|updates to go.mod needed' "$log"; then
    cat "$log" >&2
  elif grep -qE 'requires go >=|invalid go version|unknown block type|unknown directive' "$log"; then
    go_skip_reason="$("$go" version) is too old: $install"
  else
    go_skip_reason="the Go modules cannot be fetched ($(grep . "$log" | tail -n 1))"
  fi
  return 1
}

# new_beside DIRECTORY: a place to make it in. What is made in one place and then moved is there wholly or not at all: a run may be
# interrupted, and another one may make it at the same time.
new_beside() {
  mkdir -p "$(dirname "$1")"
  mktemp -d "$1.XXXXXX"
}

# move_there NEW DIRECTORY
move_there() {
  mv -T "$1" "$2" 2>/dev/null || rm -rf "$1"
}

# build_go_tools GO DIRECTORY OUTPUT LDFLAGS: the tools of its go.mod.
build_go_tools() {
  (cd "$2" && CGO_ENABLED=0 nice "$1" build -p "$(nproc)" -mod=readonly -trimpath -buildvcs=false -ldflags "$4" -o "$3/" tool)
}
