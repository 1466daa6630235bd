# The tests of dotdiag-collect against real .NET runtimes. Sourced by ./dev.
# shellcheck shell=bash

# The program of ours; its IL knows no version of the runtime.
compile_shop() {
  command -v mcs >/dev/null || {
    runtimes_skip_reason='mcs is not installed: it comes with mono-mcs'
    return 1
  }
  mkdir -p "$1"
  cp tests/shop/shop.runtimeconfig.json "$1"
  mcs -optimize -out:"$1/shop.dll" tests/shop/shop.cs
}

# lay_out_net9 DIRECTORY: .NET 9 as `dotnet` finds it, with the program that starts all versions.
lay_out_net9() {
  [[ ! -d $1 ]] || return 0
  rm -rf "$1.new"
  mkdir -p "$1.new"
  # shellcheck disable=SC2154  # tools/runtimes.sh sets it
  install -m 755 "$runtimes/net31/dotnetcore2/bin/dotnet" "$1.new" &&
    python3 -B tools/runtimes/shared_framework.py "$runtimes/net9/package" "$1.new" azmcp && mv -T "$1.new" "$1"
}

# False with runtimes_skip_reason set where they cannot be had; plainly false where something is broken.
find_runtimes() {
  find_runtime 31 && find_runtime 9 && find_runtime 10 && compile_shop build/runtime && lay_out_net9 build/runtime/net9
}

# count_runtime_tests STAGE LOG: shows what runtime_test.py wrote, and counts it; what failed is named again in the summary.
count_runtime_tests() {
  local stage=$1 log=$2 name
  cat "$log"
  count "$(grep -c '^passed: ' "$log")" 0 0
  while read -r name; do
    fail "$stage: $name"
  done < <(sed -n 's/^FAILED: //p' "$log")
  while read -r name; do
    skip "$stage: $name"
  done < <(sed -n 's/^skipped: //p' "$log")
  grep -qE '^[0-9]+ passed, [0-9]+ failed$' "$log" || fail "$stage: the tests did not come to their end: see $log"
}

stage_runtime() {
  local log=build/runtime-tests.log
  if ! find_runtimes; then
    if [[ -n $runtimes_skip_reason ]]; then skip "runtime: $runtimes_skip_reason"; else fail "runtime: no runtimes"; fi
    return
  fi
  build asan dotdiag-collect || {
    fail "runtime: the build of dotdiag-collect"
    return
  }
  # shellcheck disable=SC2154  # tools/build.sh sets it
  "${unrandomised[@]}" python3 -B tests/runtime/runtime_test.py build/asan/collect/dotdiag-collect "$runtimes" \
    build/runtime/shop.dll build/runtime/net9 >"$log" 2>&1 || true
  count_runtime_tests runtime "$log"
}
