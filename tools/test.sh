# The tests, stage by stage. A stage is one function and one row in run_tests. Sourced by ./dev.
# shellcheck shell=bash

passed=0
failed=0
skipped=0
failures=()
skips=()
failed_stages=()

# Where the tests find programs: nothing but what setup installs for them.
tests_path=$PATH

# count PASSED FAILED SKIPPED: adds to the totals of the run.
count() {
  passed=$((passed + $1))
  failed=$((failed + $2))
  skipped=$((skipped + $3))
}

fail() {
  count 0 1 0
  failures+=("$1")
}

skip() {
  count 0 0 1
  skips+=("$1")
}

unescape_xml() {
  sed -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&quot;/"/g' -e 's/&amp;/\&/g'
}

# run_ctest PRESET [CTEST ARGUMENTS...]: counts from the JUnit report, one <testcase> a line. "notrun" is ctest's word for
# both a test that skipped itself and a test program that could not be run; only the first names its SKIP_ property.
run_ctest() {
  local preset=$1 report status=0 cases name
  report=$PWD/build/$1/junit.xml
  shift
  rm -f "$report"
  # shellcheck disable=SC2154  # tools/build.sh sets it
  PATH=$tests_path "${unrandomised[@]}" ctest --preset "$preset" --output-junit "$report" "$@" || status=$?
  [[ -f $report ]] || {
    fail "$preset: ctest wrote no report"
    return
  }
  cases=$(awk '
    function attribute(key) { match($0, key "=\"[^\"]*\""); return substr($0, RSTART + length(key) + 2, RLENGTH - length(key) - 3) }
    /<testcase / { ++n; name[n] = attribute("name"); state[n] = attribute("status") }
    /<skipped message="SKIP_/ { state[n] = "skipped" }
    END { for (i = 1; i <= n; ++i) print state[i], name[i] }' "$report" |
    unescape_xml)
  count "$(grep -c '^run ' <<<"$cases")" 0 0
  while read -r _ name; do
    skip "$preset: $name"
  done < <(grep -E '^(skipped|disabled) ' <<<"$cases")
  while read -r _ name; do
    fail "$preset: $name"
  done < <(grep -E '^(fail|notrun) ' <<<"$cases")
  # ctest knows of something that no test case shows, such as a pattern that matches none.
  if [[ $status -ne 0 && $(grep -cE '^(fail|notrun) ' <<<"$cases") -eq 0 ]]; then fail "$preset: ctest failed"; fi
}

# count_unittest STAGE FILE LOG STATUS: counts and shows what unittest, running FILE, wrote into LOG before it ended with STATUS.
count_unittest() {
  local stage=$1 file=$2 log=$3 status=$4 ran name names=()
  cat "$log"
  ran=$(sed -nE 's/^Ran ([0-9]+) tests? in .*/\1/p' "$log" | tail -n 1)
  mapfile -t names < <(sed -nE 's/^(FAIL|ERROR): ([^ ]+) .*/\2/p' "$log" | sort -u)
  for name in "${names[@]}"; do fail "$stage: $name"; done
  # What fails before the first test is no test that ran.
  count "$((ran > ${#names[@]} ? ran - ${#names[@]} : 0))" 0 0
  [[ $status -eq 0 && -n $ran || ${#names[@]} -gt 0 ]] || fail "$stage: $file ended with $status"
}

stage_scripts() {
  if PATH=$tests_path shellcheck dev .ci/run tools/*.sh tests/*/*.sh tests/*/*.bash; then
    count 1 0 0
  else
    fail "shellcheck"
  fi
}

# In minutes, for who has just come.
stage_unit() {
  if build dev; then run_ctest dev; else fail "the build of preset dev"; fi
}

# The same with the address sanitizer, which takes twice as long; stages that follow use what it built.
stage_addresses() {
  if build asan; then run_ctest asan; else fail "the build of preset asan"; fi
}

# The programs in which threads meet. Building only these keeps the second sanitizer affordable.
threaded_tests=(
  test_webhook_server
  test_diagnostics
  test_linter
)

# Of those, the long ones in which one thread does all: the address sanitizer has seen them.
single_threaded_tests='random (texts|workloads)|ordinary manifests|each example reports|over all examples|a rule says it can mend|suppression that nothing needs'

stage_threads() {
  local pattern
  pattern="^($(IFS='|' && echo "${threaded_tests[*]}")):"
  if build tsan "${threaded_tests[@]}"; then
    run_ctest tsan -R "$pattern" -E "$single_threaded_tests"
  else
    fail "the build of preset tsan"
  fi
}

# Few calls: what is sought is what the sanitizers find. ./dev soak makes many.
stage_soak() {
  local preset
  for preset in asan tsan; do
    if build "$preset" dotdiag-webhook &&
      PATH=$tests_path "${unrandomised[@]}" python3 -B tests/soak/soak.py "build/$preset/webhook/dotdiag-webhook" 2000; then
      count 1 0 0
    else
      fail "soak: $preset"
    fi
  done
}

# A minute for each target.
stage_fuzz() {
  local target
  # shellcheck disable=SC2154  # tools/fuzz.sh sets them
  build_fuzzers "${fuzz_targets[@]}" || {
    fail "the build of preset fuzz"
    return
  }
  fuzz_each 60 "${fuzz_targets[@]}"
  # shellcheck disable=SC2154
  count $((${#fuzz_targets[@]} - ${#fuzz_failed[@]})) 0 0
  for target in "${fuzz_failed[@]}"; do
    fail "fuzz: $target"
  done
}

# run_stage STAGE: and says how long it took. What it wrote is in build/logs too, for the summary.
run_stage() {
  local begin=$EPOCHSECONDS before=$failed output tee tries=100
  echo "== $1"
  mkdir -p build/logs
  exec {output}> >(tee "build/logs/$1.log")
  tee=$!
  "stage_$1" >&"$output" 2>&1
  exec {output}>&-
  # Not for ever: a process that the stage left behind may hold the other end.
  while kill -0 "$tee" 2>/dev/null && ((tries-- > 0)); do sleep 0.05; done
  echo "   $1 took $((EPOCHSECONDS - begin)) s"
  [[ $failed -eq $before ]] || failed_stages+=("$1")
}

# what_failed STAGE: of all that it wrote, at most 60 lines: those at what failed, else at errors, else the last ones.
what_failed() {
  local log=build/logs/$1.log begins
  echo "what $1 said of it (all: $log):"
  {
    for begins in '\*\*\*(Failed|Timeout|Exception|Not Run)|^(FAIL|ERROR): |^FAILED|^not ok |FOUND SOMETHING|^soak: ' 'error: '; do
      grep -aE -A 25 "$begins" "$log" && return
    done
    tail -n 30 "$log"
  } | head -n 60 | cut -c 1-300 | sed 's/^/  | /' || true  # head closes its end
}

# check_room GIB: build/ may grow to this size. A disk that fills up on the way makes one thing after the other fail.
check_room() {
  local built free
  mkdir -p build
  built=$(du -s --block-size=1G build | cut -f 1)
  free=$(df --output=avail --block-size=1G build | tail -n 1 | tr -d ' ')
  [[ $((built + free)) -ge $1 ]] && return
  echo "./dev: build/ grows to $1 GiB, of which it has $built, and its disk has $free left: make room, or run ./dev clean" >&2
  return 1
}

# Prints what failed, what was skipped and, as the very last line, the totals. Where a run is shown by its end only, that
# must say why.
summary() {
  local stage
  for stage in "${failed_stages[@]}"; do what_failed "$stage"; done
  if [[ ${#failures[@]} -gt 0 ]]; then
    echo "failed:"
    printf '  %s\n' "${failures[@]}"
  fi
  if [[ ${#skips[@]} -gt 0 ]]; then
    echo "skipped: $skipped: $(printf '%s; ' "${skips[@]}" | sed 's/; $//')"
  fi
  [[ $((passed + failed)) -gt 0 ]] || echo "no test ran"
  echo "$passed passed, $failed failed"
  [[ $failed -eq 0 && $passed -gt 0 ]]
}

run_tests() {
  local stage gibibytes=3
  local groups=(building tests)
  local stages=(scripts unit)
  if [[ ${1:-} == --all ]]; then
    gibibytes=11
    stages=(scripts addresses)
    groups+=(image image_tests lint all_tests e2e runtime arm64 node packages)
    stages+=(threads soak lint image packages reproducible fuzz runtime arm64 e2e manifests node)
  fi
  if ! check_room "$gibibytes"; then
    fail "room on the disk"
  elif install_missing "${groups[@]}"; then
    if command -v dpkg-query >/dev/null; then tests_path=$(restricted_path building tests); fi
    for stage in "${stages[@]}"; do
      run_stage "$stage"
    done
  else
    fail "setup"
  fi
  summary
}
