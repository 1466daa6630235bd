# The tests of manifests/, and what they need from Go modules: helm, and the definitions of other people's kinds.
# tests/manifests/README.md says more. Sourced by ./dev.
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034  # tools/go.sh sets the one, tools/e2e.sh reads the other

helm_module=tests/manifests/helm
definitions_module=tests/manifests/definitions

# Why find_helm and find_definitions failed although nothing is broken.
helm_skip_reason=''
definitions_skip_reason=''

# build_helm GO DIRECTORY
build_helm() {
  local new
  new=$(new_beside "$2")
  echo "building helm $(pinned "$helm_module" helm.sh/helm/v4): this takes minutes, once"
  if build_go_tools "$1" "$helm_module" "$new" '-s -w'; then
    move_there "$new" "$2"
  else
    rm -rf "$new"
    return 1
  fi
}

# Sets DOTDIAG_HELM for the tests: built where it is not there yet; the one in PATH where it cannot be built. False with
# helm_skip_reason set where there is neither; plainly false where something is broken.
find_helm() {
  local directory go
  [[ -z ${DOTDIAG_HELM:-} ]] || return 0
  directory=$(go_cache helm "$helm_module" helm.sh/helm/v4)
  if [[ ! -d $directory ]]; then
    go=$(find_go || true)
    if fetch_modules "$go" "$helm_module" list -mod=readonly -deps tool; then
      build_helm "$go" "$directory" || return 1
    elif [[ -n $go_skip_reason ]] && DOTDIAG_HELM=$(command -v helm); then
      export DOTDIAG_HELM
      return
    else
      helm_skip_reason=${go_skip_reason:+there is no helm in PATH, and none can be built: $go_skip_reason}
      return 1
    fi
  fi
  export DOTDIAG_HELM=$directory/helm
}

# take_definitions DIRECTORY LOG: the four files, from the modules that `go mod download -json` wrote into the log.
take_definitions() {
  local new sources
  mapfile -t sources < <(sed -n 's/^\t"Dir": "\(.*\)",$/\1/p' "$2")
  new=$(new_beside "$1")
  find "${sources[@]}" \( -path '*/deploy/crds/*_certificates.yaml' -o -path '*/deploy/crds/*_issuers.yaml' \
    -o -path '*/prometheus-operator-crd/*_podmonitors.yaml' -o -path '*/prometheus-operator-crd/*_prometheusrules.yaml' \) \
    -exec cp --no-preserve=mode {} "$new" \;
  if [[ $(find "$new" -type f | wc -l) -eq 4 ]]; then
    move_there "$new" "$1"
  else
    rm -rf "$new"
    echo "manifests: the modules of $definitions_module do not have the definitions where they used to be" >&2
    return 1
  fi
}

# Sets DOTDIAG_DEFINITIONS for the tests: a directory with the CustomResourceDefinitions of cert-manager and of the Prometheus
# operator that the components use, from the modules of their authors. False like find_helm.
find_definitions() {
  local directory
  [[ -z ${DOTDIAG_DEFINITIONS:-} ]] || return 0
  directory=$(go_cache definitions "$definitions_module" github.com/cert-manager/cert-manager)
  if [[ ! -d $directory ]]; then
    fetch_modules "$(find_go || true)" "$definitions_module" mod download -json || {
      definitions_skip_reason=$go_skip_reason
      return 1
    }
    take_definitions "$directory" build/go-definitions.log || return 1
  fi
  export DOTDIAG_DEFINITIONS=$directory
}

# run_manifests_test FILE
run_manifests_test() {
  local log=build/manifests-${1%.py}.log status=0
  PATH=$tests_path /usr/bin/python3 -B "tests/manifests/$1" --verbose >"$log" 2>&1 || status=$?
  count_unittest manifests "$1" "$log" "$status"
}

# find_kubectl: sets DOTDIAG_KUBECTL for the tests: the one of the control plane, or the one in PATH.
find_kubectl() {
  if find_control_plane && [[ -x $e2e_assets/kubectl ]]; then
    export DOTDIAG_KUBECTL=$e2e_assets/kubectl
  else
    DOTDIAG_KUBECTL=$(command -v kubectl) && export DOTDIAG_KUBECTL
  fi
}

test_chart() {
  if ! find_kubectl; then
    skip "manifests: the chart: there is no kubectl: ${e2e_skip_reason:-the control plane has none}"
  elif find_helm; then
    run_manifests_test chart_test.py
  elif [[ -n $helm_skip_reason ]]; then
    skip "manifests: the chart: $helm_skip_reason"
  else
    fail "manifests: no helm"
  fi
}

# The linter with the real helm and kubectl; with the sanitizers' build, which the stage addresses has made.
test_lint() {
  if ! find_kubectl; then
    skip "manifests: the linter: there is no kubectl: ${e2e_skip_reason:-the control plane has none}"
  elif ! find_helm; then
    skip "manifests: the linter: ${helm_skip_reason:-no helm}"
  elif build asan dotdiag-lint; then
    DOTDIAG_LINT=build/asan/linter/dotdiag-lint run_manifests_test lint_test.py
  else
    fail "manifests: the build of dotdiag-lint"
  fi
}

# With the sanitizers' build, which the stage addresses has made.
test_alerts() {
  if build asan dotdiag-webhook; then
    DOTDIAG_WEBHOOK=build/asan/webhook/dotdiag-webhook run_manifests_test alerts_test.py
  else
    fail "manifests: the build of dotdiag-webhook"
  fi
}

stage_manifests() {
  local tests_path=$tests_path
  if command -v dpkg-query >/dev/null; then tests_path=$(restricted_path building tests all_tests); fi
  test_chart
  test_lint
  test_alerts
}
