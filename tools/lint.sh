# The tests of what dotdiag-lint writes, in the hands of the programs that read it. tests/lint/README.md says more. Sourced by
# ./dev.
# shellcheck shell=bash
# shellcheck disable=SC2154  # tools/test.sh and tools/go.sh set what is read here

# Pinned here and in tests/lint/{violations/pom.xml,reviewdog/go.mod}: what they find changes with their versions.
sarif_multitool=5.7.0
junitparser=5.0.3
check_jsonschema=0.39.0
pre_commit=4.7.0

lint_cache=${XDG_CACHE_HOME:-$HOME/.cache}/dotdiag/lint

# Prints a directory with programs from PyPI, or nothing where they cannot be had.
lint_python() {
  local directory=$lint_cache/python-$junitparser-$check_jsonschema-$pre_commit
  if [[ ! -e $directory/complete ]]; then
    rm -rf "$directory"
    { /usr/bin/python3 -m venv "$directory" && "$directory/bin/pip" install "junitparser==$junitparser" \
      "check-jsonschema==$check_jsonschema" "pre-commit==$pre_commit" && touch "$directory/complete"; } >build/lint-python.log 2>&1 ||
      return 0
  fi
  echo "$directory"
}

# Prints a directory with Microsoft's validator of SARIF and the official schema, or nothing. It is a package of npm for programs
# that are no JavaScript: unpacking it is all there is to do.
lint_sarif() {
  local directory=$lint_cache/sarif-multitool-$sarif_multitool new
  if [[ ! -d $directory ]]; then
    new=$(new_beside "$directory")
    { (cd "$new" && npm pack --silent "@microsoft/sarif-multitool-linux@$sarif_multitool" &&
      tar --extract --gzip --strip-components=1 --file ./*.tgz && rm ./*.tgz && chmod +x Sarif.Multitool) &&
      move_there "$new" "$directory"; } >build/lint-sarif.log 2>&1 || {
      rm -rf "$new"
      return 0
    }
  fi
  echo "$directory"
}

# Prints a directory with the jars of violations-lib, or nothing.
lint_violations() {
  local pom=tests/lint/violations/pom.xml directory new
  directory=$lint_cache/violations-$(sha256sum <"$pom" | cut -c 1-12)
  if [[ ! -d $directory ]]; then
    new=$(new_beside "$directory")
    { mvn --quiet --batch-mode --file "$pom" dependency:copy-dependencies "-DoutputDirectory=$new" &&
      move_there "$new" "$directory"; } >build/lint-violations.log 2>&1 || {
      rm -rf "$new"
      return 0
    }
  fi
  echo "$directory"
}

# Prints the path of a program with reviewdog's parsers, or nothing.
lint_reviewdog() {
  local module=tests/lint/reviewdog directory new go
  directory=$(go_cache reviewdog "$module" github.com/reviewdog/reviewdog)
  if [[ ! -d $directory ]]; then
    go=$(find_go || true)
    fetch_modules "$go" "$module" mod download || return 0
    new=$(new_beside "$directory")
    (cd "$module" && CGO_ENABLED=0 nice "$go" build -mod=readonly -trimpath -buildvcs=false -o "$new/" .) >build/lint-reviewdog.log 2>&1 || {
      rm -rf "$new"
      return 0
    }
    move_there "$new" "$directory"
  fi
  echo "$directory/reviewdog"
}

# run_lint_test FILE WHY VARIABLE=VALUE...: skips aloud, saying what it takes, where a value is empty.
run_lint_test() {
  local file=$1 why=$2 log=build/lint-${1%.py}.log status=0 setting
  shift 2
  for setting in "$@"; do
    [[ -n ${setting#*=} ]] || {
      skip "lint: $file: $why"
      return
    }
  done
  PATH=$tests_path env "$@" /usr/bin/python3 -B "tests/lint/$file" --verbose >"$log" 2>&1 || status=$?
  count_unittest lint "$file" "$log" "$status"
}

# With the sanitizers' build, which the stage addresses has made.
stage_lint() {
  local python bin tests_path=$tests_path
  build asan dotdiag-lint || {
    fail "lint: the build of dotdiag-lint"
    return
  }
  if command -v dpkg-query >/dev/null; then tests_path=$(restricted_path building tests lint); fi
  export DOTDIAG_LINT=build/asan/linter/dotdiag-lint
  python=$(lint_python)
  bin=${python:+$python/bin}
  run_lint_test schemas_test.py "check-jsonschema cannot be had from PyPI" "CHECK_JSONSCHEMA=${bin:+$bin/check-jsonschema}"
  run_lint_test pre_commit_test.py "pre-commit cannot be had from PyPI" "PRE_COMMIT=${bin:+$bin/pre-commit}"
  run_lint_test sarif_test.py "the validator cannot be had from npm" "CHECK_JSONSCHEMA=${bin:+$bin/check-jsonschema}" \
    "SARIF_MULTITOOL=$(lint_sarif)"
  run_lint_test violations_test.py "violations-lib or junitparser cannot be had from Maven and PyPI" \
    "JUNITPARSER=${bin:+$bin/python}" "VIOLATIONS_JARS=$(lint_violations)"
  run_lint_test reviewdog_test.py "reviewdog's parsers cannot be built: ${go_skip_reason:-see build/lint-reviewdog.log}" \
    "REVIEWDOG_PARSERS=$(lint_reviewdog)"
  run_lint_test page_test.py "there is no chromium" "CHROMIUM=$(command -v chromium || true)"
}
