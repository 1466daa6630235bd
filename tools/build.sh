# Configures and builds; formats; runs the benchmarks. Sourced by ./dev.
# shellcheck shell=bash

# Sanitizers of this age cannot place their shadow memory under the address randomisation of the newest kernels, and the
# build itself runs the test programs to list their tests. Some containers forbid the switch; then it has to do without.
unrandomised=()
if setarch "$(uname -m)" --addr-no-randomize true 2>/dev/null; then
  unrandomised=(setarch "$(uname -m)" --addr-no-randomize)
fi

# Without these ccache compiles every file that uses the precompiled headers anew.
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros}
# And without these in every checkout: what was compiled in one will do in another.
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$PWD} CCACHE_NOHASHDIR=1

# configure PRESET: the preset lists every option, so what an earlier run asked for does not linger. A directory that cannot
# be configured (moved, another generator, a library that went away) is begun afresh.
configure() {
  local werror=OFF launcher log
  [[ ${CI:-} == true ]] && werror=ON
  launcher=$(command -v ccache || true)
  local options=(--preset "$1" "-DDOTDIAG_WERROR=$werror" "-DCMAKE_CXX_COMPILER_LAUNCHER=$launcher")
  mkdir -p build
  log=build/configure-$1.log
  cmake "${options[@]}" >"$log" 2>&1 || cmake "${options[@]}" --fresh >"$log" 2>&1 || {
    cat "$log" >&2
    return 1
  }
}

# build PRESET [TARGET...]
build() {
  local preset=$1 targets=()
  shift
  [[ $# -gt 0 ]] && targets=(--target "$@")
  echo "building $preset${*:+: $*}"
  configure "$preset" || return 1
  "${unrandomised[@]}" cmake --build --preset "$preset" --parallel "$(nproc)" "${targets[@]}"
}

run_build() {
  local preset=${1:-dev}
  [[ $# -le 1 ]] || misuse "build takes one preset"
  install_missing building tests
  if [[ $preset == tidy ]]; then install_missing all_tests format; fi
  if [[ $preset == bench ]]; then install_missing benchmarks; fi
  if [[ $preset == arm64 ]]; then run_build_arm64; else build "$preset"; fi
}

# run_benchmarks [PART]: one part, or all.
run_benchmarks() {
  local part chosen=("${@:-}") parts=(admission lint corpus https)
  [[ $# -le 1 ]] || misuse "bench takes one part"
  [[ -n ${chosen[0]} ]] || chosen=("${parts[@]}")
  install_missing building benchmarks
  build bench
  for part in "${chosen[@]}"; do
    echo "== $part"
    case $part in
      corpus | https) /usr/bin/python3 -B "benchmarks/$part.py" build/bench ;;
      *) "build/bench/benchmarks/bench_$part" ;;
    esac
  done
}

run_format() {
  local mode=(-i)
  [[ ${1:-} == --check ]] && mode=(--dry-run --Werror)
  install_missing format
  find core webhook linter patch collect tests fuzz benchmarks \( -name '*.cpp' -o -name '*.hpp' \) -print0 |
    xargs -0 clang-format "${mode[@]}"
}
