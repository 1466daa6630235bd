# The programs at work on one Deployment: prepared by the webhook, checked by the linter, given a debugger, looked into.
# Needs no cluster: the part of the API server is played by curl. Sourced by ./dev.
# shellcheck shell=bash

demo_directory=''
demo_server=''

# Whatever happens, the server is stopped and the directory goes. The first signal asks the server to wait for its clients, as
# it must in a cluster; the second, not to.
end_demo() {
  if [[ -n $demo_server ]]; then
    kill "$demo_server" && sleep 0.2 && kill "$demo_server"
    wait "$demo_server"
  fi 2>/dev/null || true
  [[ -z $demo_directory ]] || rm -rf "$demo_directory"
}

# step TITLE COMMAND...: shows the command as one would type it, then runs it.
step() {
  printf '\n== %s\n' "$1"
  shift
  show "$@"
  "$@"
}

# show COMMAND...: quoted where a shell would need it.
show() {
  local word line='$'
  for word in "$@"; do
    [[ $word =~ ^[A-Za-z0-9_./:=@%+,-]+$ ]] || word=${word@Q}
    line+=" $word"
  done
  echo "$line"
}

# The server says on standard error, in JSON lines, which port it was given.
demo_port() {
  local port
  for _ in {1..100}; do
    port=$(sed -n 's/.*"port": *"\{0,1\}\([0-9][0-9]*\).*/\1/p' server.log | head -n 1)
    [[ -n $port ]] && break
    kill -0 "$demo_server" 2>/dev/null || break
    sleep 0.1
  done
  [[ -n $port ]] || {
    echo "demo: the server did not start:" >&2
    cat server.log >&2
    return 1
  }
  echo "$port"
}

demo_webhook() {
  local url
  step "A certificate for the webhook" dotdiag-webhook certs --out tls --dns localhost --ip 127.0.0.1
  local serve=(dotdiag-webhook serve --listen 127.0.0.1:0 --cert tls/tls.crt --key tls/tls.key)
  printf '\n== The webhook itself\n'
  show "${serve[@]}"
  "${serve[@]}" 2>server.log &
  demo_server=$!
  url=https://localhost:$(demo_port)
  local curl=(curl --noproxy '*' --silent --show-error --fail --cacert tls/ca.crt)
  step "Is it ready?" "${curl[@]}" "$url/readyz"
  step 'The API server sends a Deployment with the annotation dotdiag.io/inject: "true"' \
    "${curl[@]}" --header "Content-Type: application/json" --data-binary @examples/review.json --output answer.json \
    "$url/mutate?timeout=3s"
  # The system's own python3: the packages that setup installs are for that one.
  /usr/bin/python3 "$1/demo_apply.py" examples/review.json answer.json
  printf '\n== That Deployment, before and after\n'
  show diff --unified before.yaml after.yaml
  ! diff --unified before.yaml after.yaml || return 1
}

demo_linter() {
  local status=0
  step "Which of these are not prepared?" dotdiag-lint --snippet examples || status=$?
  if [[ $status -ne 1 ]]; then
    echo "demo: expected findings (exit code 1), got exit code $status" >&2
    return 1
  fi
  step "Mend copies, all but the conflicts, which only their author can resolve" cp -r examples fixed
  rm -r fixed/conflicts
  show dotdiag-lint --fix fixed
  dotdiag-lint --fix fixed
  printf '\n== What became of the first one: only lines were added, comments stayed\n'
  show diff --unified examples/cart.yaml fixed/cart.yaml
  ! diff --unified examples/cart.yaml fixed/cart.yaml || return 1
  step "Now they are clean" dotdiag-lint fixed
}

demo_patch() {
  step "The bad night: a debugger for a pod of the prepared Deployment" dotdiag-patch pod.json
}

# A recording of a real process stands in for the process.
demo_collect() {
  step "What fills its memory" dotdiag-collect convert recordings/heap.nettrace --to heap
  step "And what its threads do: one of them waits for a lock" dotdiag-collect convert recordings/stacks.nettrace --to stacks
}

run_demo() {
  local programs=$PWD/build/dev tools=$PWD/tools recording
  install_missing building tests
  build dev dotdiag-webhook dotdiag-lint dotdiag-patch dotdiag-collect  # what the tests are built for too
  PATH=$programs/webhook:$programs/linter:$programs/patch:$programs/collect:$PATH
  trap end_demo EXIT
  trap 'exit 130' INT TERM
  demo_directory=$(mktemp -d)
  cp -r manifests/examples "$demo_directory"
  mkdir "$demo_directory/recordings"
  for recording in heap stacks; do
    cp "testdata/diagnostics/$recording.netcore31.nettrace" "$demo_directory/recordings/$recording.nettrace"
  done
  cd "$demo_directory" || return 1
  demo_webhook "$tools"
  demo_linter
  demo_patch
  demo_collect
  printf '\nRead on: README.md for the programs, manifests/ for a cluster, docs/architecture.md for the code.\n'
}
