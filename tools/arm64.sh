# dotdiag-collect for arm64, built on x86-64. Debian's cross compiler brings the C and C++ libraries; the others are unpacked
# from arm64's packages below build/, so that this machine stays one of a single architecture. Sourced by ./dev.
# shellcheck shell=bash

arm64_libraries=(libssl-dev libzstd-dev zlib1g-dev)
arm64_root=$PWD/build/arm64-root  # cmake/arm64.cmake looks there
arm64_program=build/arm64/collect/dotdiag-collect

# Why there is none although nothing is broken.
arm64_skip_reason=''

# arm64_apt DIRECTORY ARGUMENTS...: an apt of its own in DIRECTORY, with this machine's sources, that knows of nothing installed.
arm64_apt() {
  local directory=$1
  shift
  apt-get -qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=root -o Acquire::Languages=none \
    -o Acquire::Retries=3 -o Dir::State="$directory" -o Dir::State::status="$directory/status" -o Dir::Cache="$directory" \
    -o Dir::Etc::sourcelist="$directory/sources.list" -o Dir::Etc::sourceparts=- "$@"
}

# unpack_arm64_libraries DIRECTORY: all or nothing.
unpack_arm64_libraries() (
  apt=$(mktemp -d "$PWD/build/arm64-apt.XXXXXX") || return 1
  trap 'rm -rf "$apt"' EXIT
  mkdir -p "$apt"/{lists/partial,archives/partial,root}
  touch "$apt/status"
  debian_sources >"$apt/sources.list"
  arm64_apt "$apt" update && cd "$apt/archives" && arm64_apt "$apt" download "${arm64_libraries[@]}" || return 1
  for package in *.deb; do dpkg-deb --extract "$package" "$apt/root" || return 1; done
  mv -T "$apt/root" "$1"
)

# False with arm64_skip_reason set where it cannot be had.
find_arm64() {
  mkdir -p build
  arm64_skip_reason=''
  if [[ $(uname -m) != x86_64 ]]; then
    arm64_skip_reason="this machine is no x86-64: build the preset release here"
  elif ! command -v aarch64-linux-gnu-g++ >/dev/null; then
    arm64_skip_reason="g++-aarch64-linux-gnu is not installed"
  elif [[ ! -d $arm64_root ]] && ! unpack_arm64_libraries "$arm64_root" >build/arm64-root.log 2>&1; then
    arm64_skip_reason="its libraries cannot be fetched: see build/arm64-root.log"
  fi
  [[ -z $arm64_skip_reason ]]
}

run_build_arm64() {
  install_missing arm64
  find_arm64 || {
    echo "arm64: $arm64_skip_reason" >&2
    return 1
  }
  build arm64 dotdiag-collect && echo "$arm64_program"
}

# Asks .NET processes of this machine: an emulated program speaks over the same sockets, pipes and /proc.
arm64_asks_runtimes() {
  local program=build/arm64/emulated log=build/arm64-runtime-tests.log
  printf '#!/bin/sh\nexec qemu-aarch64-static "%s" "$@"\n' "$PWD/$arm64_program" >"$program"
  chmod +x "$program"
  # shellcheck disable=SC2154  # tools/runtimes.sh sets it
  python3 -B tests/runtime/runtime_test.py "$program" "$runtimes" build/runtime/shop.dll build/runtime/net9 \
    ': (every_command_answers|known_objects|gcdump|trace_is_valid|interrupted)' >"$log" 2>&1
  count_runtime_tests arm64 "$log"
}

# In an emulator: .NET itself for arm64 is not to be had.
stage_arm64() {
  if ! find_arm64; then
    skip "arm64: $arm64_skip_reason"
  elif ! build arm64 dotdiag-collect; then
    fail "arm64: the build"
  elif ! command -v qemu-aarch64-static >/dev/null; then
    skip "arm64: running it: qemu-user-static is not installed"
  elif ! build asan dotdiag-collect; then
    fail "arm64: the build of the one for this machine"
  else
    if python3 -B tests/arm64/arm64_test.py "$arm64_program" build/asan/collect/dotdiag-collect; then
      count 1 0 0
    else
      fail "arm64: it does not do as the one for this machine"
    fi
    if find_runtimes; then arm64_asks_runtimes; else skip "arm64: asking processes: ${runtimes_skip_reason:-no runtimes}"; fi
  fi
}
