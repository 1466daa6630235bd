# The fuzz targets, and the property test over many objects. Sourced by ./dev.
# shellcheck shell=bash

fuzz_targets=(admission annotations answer json_patch nettrace policy transfer yaml yaml_patch)

# Bytes of an input: enough for everything that a target tells apart, few enough for many inputs a second.
declare -A fuzz_longest=(
  [admission]=8192 [annotations]=1024 [answer]=1024 [json_patch]=4096 [nettrace]=16384 [policy]=8192 [transfer]=2048 [yaml]=4096 [yaml_patch]=2048
)

fuzz_program() {
  echo "build/fuzz/fuzz/fuzz_$1"
}

build_fuzzers() {
  # shellcheck disable=SC2154  # tools/build.sh sets it
  build fuzz "${@/#/fuzz_}"
}

# fuzz_target TARGET SECONDS: what it found new goes to build/fuzz-corpus, where the next run begins; what breaks a property
# goes to build/fuzz-findings. The corpus that is committed is only read.
fuzz_target() {
  local target=$1 seconds=$2 program seed runs log=build/fuzz-corpus/$1.log dictionary=fuzz/dictionaries/${1/yaml_patch/yaml}.dict
  program=$(fuzz_program "$target")
  seed=$((RANDOM * 32768 + RANDOM + 1))
  mkdir -p "build/fuzz-corpus/$target" build/fuzz-findings || return 1
  local options=(
    -max_total_time="$seconds" -seed="$seed" -max_len="${fuzz_longest[$target]}" -timeout=10 -rss_limit_mb=2048
    -entropic=0 -print_funcs=0 -print_final_stats=1 -artifact_prefix="build/fuzz-findings/$target-"
  )
  [[ -f $dictionary ]] && options+=(-dict="$dictionary")
  # shellcheck disable=SC2154  # tools/build.sh sets it
  "${unrandomised[@]}" "$program" "${options[@]}" "build/fuzz-corpus/$target" "fuzz/corpus/$target" >"$log" 2>&1 || {
    fuzz_report "$target" "$seed" "$log"
    return 1
  }
  runs=$(fuzz_runs "$log")
  [[ -n $runs ]] || {
    echo "$target: cut off: $log does not say how many inputs were tried"
    return 1
  }
  echo "$target: nothing found: $runs inputs in $seconds s, seed $seed"
}

fuzz_runs() {
  sed -n 's/^stat::number_of_executed_units: *//p' "$1"
}

# fuzz_report TARGET SEED LOG: what happened, and how to see it again.
fuzz_report() {
  local finding
  finding=$(sed -n 's/.*Test unit written to \(.*\)/\1/p' "$3" | tail -n 1)
  echo "$1: FOUND SOMETHING, seed $2"
  grep -aE -A 5 '^broken property|ERROR: |runtime error|what\(\)|Assertion' "$3" | grep -avE '^ *#[0-9]+ |deadly signal' |
    head -n 8 | cut -c 1-300 | sed 's/^/  /' || true
  echo "  the whole story: $3"
  if [[ -n $finding ]]; then
    echo "  reproduce: $(fuzz_program "$1") $finding"
    echo "  make it smaller: $(fuzz_program "$1") -minimize_crash=1 -max_total_time=60 $finding"
  fi
}

# fuzz_each SECONDS TARGET...: as many at a time as there are processors. Waits for all; FAILED gets those that found
# something.
fuzz_each() {
  local seconds=$1 target
  local -A running=()
  shift
  fuzz_failed=()
  for target in "$@"; do
    while [[ $(jobs -pr | wc -l) -ge $(nproc) ]]; do sleep 0.2; done
    fuzz_target "$target" "$seconds" &
    running[$target]=$!
  done
  for target in "$@"; do
    wait "${running[$target]}" || fuzz_failed+=("$target")
  done
}

# The property test of tests/webhook, one share of the objects a processor.
run_properties() {
  local objects=$1 shares share first=1 program=build/properties/tests/webhook/test_admission failed=0 each
  local processes=()
  shares=$(nproc)
  each=$(((objects + shares - 1) / shares))
  build properties test_admission || return 1
  echo "$objects random objects, $shares shares of $each"
  for ((share = 0; share < shares; ++share, first += each)); do
    DOTDIAG_PROPERTY_SEED=$first DOTDIAG_PROPERTY_OBJECTS=$each "$program" "for random workloads*" &
    processes+=($!)
  done
  for share in "${processes[@]}"; do
    wait "$share" || failed=1
  done
  return "$failed"
}

# A number above zero that the option $1 got as $2.
fuzz_number() {
  [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || misuse "$1 takes a number above zero"
}

run_fuzz() {
  local seconds=60 objects=500000 chosen=()
  while [[ $# -gt 0 ]]; do
    case $1 in
      --seconds) fuzz_number "$1" "${2:-}" && seconds=$2 && shift ;;
      --objects) fuzz_number "$1" "${2:-}" && objects=$2 && shift ;;
      *) chosen+=("$1") ;;
    esac
    shift
  done
  [[ ${#chosen[@]} -le 1 ]] || misuse "fuzz takes one target"
  if [[ ${chosen[*]} == properties ]]; then
    install_missing building tests && run_properties "$objects"
    return
  fi
  [[ ${#chosen[@]} -eq 0 || " ${fuzz_targets[*]} " == *" ${chosen[*]} "* ]] ||
    misuse "no fuzz target '${chosen[*]}': take one of ${fuzz_targets[*]}, or properties"
  [[ ${#chosen[@]} -eq 1 ]] || chosen=("${fuzz_targets[@]}")
  install_missing building all_tests
  build_fuzzers "${chosen[@]}"
  fuzz_each "$seconds" "${chosen[@]}"
  [[ ${#fuzz_failed[@]} -eq 0 ]]
}
