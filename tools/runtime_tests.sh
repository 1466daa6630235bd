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

# False with runtimes_skip_reason set where they cannot be had; plainly false where something is broken.
find_runtimes() {
  find_runtime 31 && find_runtime 10 && compile_shop build/runtime
}

# A line for each test on the way; what failed is named again in the summary.
stage_runtime() {
  local log=build/runtime-tests.log name
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
    build/runtime/shop.dll >"$log" 2>&1 || true
  cat "$log"
  count "$(grep -c '^passed: ' "$log")" 0 0
  while read -r name; do
    fail "runtime: $name"
  done < <(sed -n 's/^FAILED: //p' "$log")
  while read -r name; do
    skip "runtime: $name"
  done < <(sed -n 's/^skipped: //p' "$log")
  grep -qE '^[0-9]+ passed, [0-9]+ failed$' "$log" || fail "runtime: the tests did not come to their end: see $log"
}
