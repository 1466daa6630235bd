# The tests against real .NET runtimes, fetched once as packages of their ecosystems. Sourced by ./dev.
# shellcheck shell=bash

# What the tests run on: .NET Core 3.1 and a program of ours, and a program that .NET 10 made into a single file.
runtime_31=dotnetcore2-3.1.23-py3-none-manylinux1_x86_64.whl
runtime_31_sum=5f076ddc39da0c685e7de20ecb91ee81185928918ec86fbeb3bffc55dd867ab5
runtime_10=azure-mcp-linux-x64-2.0.5.tgz
runtime_10_sum=59e49713045a8c78c4915a6368bfc7688e7e9032a74d1fdf6caaa24d05a4dbdb

# Where they are kept, outside the tree, and why there are none although nothing is broken.
runtimes=${XDG_CACHE_HOME:-$HOME/.cache}/dotdiag/runtimes
runtimes_skip_reason=''

# has_sum FILE SUM
has_sum() {
  [[ -f $1 ]] && sha256sum --status --check <<<"$2  $1"
}

# fetch_package FILE SUM COMMAND...: COMMAND leaves FILE in the current directory.
fetch_package() {
  local file=$1 sum=$2
  shift 2
  has_sum "$runtimes/$file" "$sum" && return
  command -v "$1" >/dev/null || {
    runtimes_skip_reason="$1 is not installed"
    return 1
  }
  (cd "$runtimes" && "$@") >build/runtimes.log 2>&1 || {
    runtimes_skip_reason="$file cannot be fetched: see build/runtimes.log"
    return 1
  }
  has_sum "$runtimes/$file" "$sum" || {
    echo "runtimes: $file is not what it was: $(sha256sum "$runtimes/$file")" >&2
    return 1
  }
}

# Unpacks what is not unpacked yet. A wheel is a zip archive, in which programs have lost their x bits.
unpack_runtimes() {
  [[ -x $runtimes/net10/package/dist/azmcp ]] || {
    mkdir -p "$runtimes/net10"
    tar xzf "$runtimes/$runtime_10" -C "$runtimes/net10"
  }
  [[ -x $runtimes/net31/dotnetcore2/bin/dotnet ]] || {
    python3 -m zipfile -e "$runtimes/$runtime_31" "$runtimes/net31"
    chmod -R a+rX "$runtimes/net31"
    find "$runtimes/net31" -type f \( -name dotnet -o -name createdump -o -name '*.so' \) -exec chmod a+x {} +
  }
}

# The program of ours; its IL knows no version of the runtime.
compile_shop() {
  command -v mcs >/dev/null || {
    runtimes_skip_reason='mcs is not installed: it comes with mono-mcs'
    return 1
  }
  mkdir -p build/runtime
  cp tests/runtime/shop.runtimeconfig.json build/runtime/
  mcs -optimize -out:build/runtime/shop.dll tests/runtime/shop.cs
}

# False with runtimes_skip_reason set where they cannot be had; plainly false where something is broken.
find_runtimes() {
  mkdir -p build "$runtimes"
  [[ $(uname -m) == x86_64 ]] || {
    runtimes_skip_reason="the runtimes are for x86-64"
    return 1
  }
  fetch_package "$runtime_31" "$runtime_31_sum" pip3 download --no-deps --dest . dotnetcore2==3.1.23 &&
    fetch_package "$runtime_10" "$runtime_10_sum" npm pack @azure/mcp-linux-x64@2.0.5 &&
    unpack_runtimes &&
    compile_shop
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
