# The tests on a real Kubernetes node: containerd, runc and kubelet beside the control plane of tests/e2e, in namespaces of their own.
# tests/node/README.md says more. Sourced by ./dev.
# shellcheck shell=bash

node_module=tests/node/kubelet

# What find_node came to: the directory with kubelet and kube-scheduler, or why there is no node although nothing is broken.
node_programs=''
node_skip_reason=''

# Where nodes live while they are up. No cluster of the machine has anything there.
node_runs=${XDG_CACHE_HOME:-$HOME/.cache}/dotdiag/node-runs

# build_kubelet GO DIRECTORY
build_kubelet() {
  local new
  new=$(new_beside "$2")
  echo "building kubelet and kube-scheduler $(pinned "$node_module" k8s.io/kubernetes): this takes minutes, once"
  if build_go_tools "$1" "$node_module" "$new" "$(kubernetes_stamp "$node_module")"; then
    move_there "$new" "$2"
  else
    rm -rf "$new"
    return 1
  fi
}

# Sets node_programs. False like find_node.
find_kubelet() {
  local go
  node_programs=$(go_cache node "$node_module" k8s.io/kubernetes)
  [[ -d $node_programs ]] && return
  go=$(find_go || true)
  fetch_modules "$go" "$node_module" list -mod=readonly -deps tool || {
    # shellcheck disable=SC2154  # tools/go.sh sets it
    node_skip_reason=$go_skip_reason
    return 1
  }
  build_kubelet "$go" "$node_programs"
}

# Prints why this machine can have no node, or nothing.
reason_for_no_node() {
  local program
  if [[ $(id -u) -ne 0 ]]; then
    echo "not root"
    return
  fi
  for program in containerd ctr runc ip openssl /usr/lib/cni/bridge; do
    command -v "$program" >/dev/null || {
      echo "$program is not installed"
      return
    }
  done
  on_own_machine true >build/node/trial.log 2>&1 || echo "this machine makes no namespaces, mounts or cgroups: $(tail -n 1 build/node/trial.log)"
}

# False with node_skip_reason set where there can be no node here; plainly false where something is broken.
find_node() {
  mkdir -p build/node
  node_skip_reason=$(reason_for_no_node)
  [[ -z $node_skip_reason ]] || return 1
  find_control_plane || {
    # shellcheck disable=SC2154  # tools/e2e.sh sets it
    node_skip_reason=$e2e_skip_reason
    return 1
  }
  # shellcheck disable=SC2154  # likewise
  [[ -x $e2e_assets/kube-controller-manager && -x $e2e_assets/kubectl ]] || {
    node_skip_reason="$e2e_assets has no kube-controller-manager or no kubectl"
    return 1
  }
  find_kubelet || return 1
  make_node_image pause || {
    # shellcheck disable=SC2154  # tools/node_images.sh sets it
    node_skip_reason=$node_images_skip_reason
    return 1
  }
}

# Prints the directory in each hierarchy of cgroups, of version 1 or 2, below which the kubelet of the node $1 makes its own.
node_cgroups() {
  awk -v name="dotdiag-node.$1" '$3 == "cgroup" || $3 == "cgroup2" { print $2 "/" name }' /proc/mounts
}

# make_node_cgroups NAME: in version 1 one has no processors and no memory until they are named.
make_node_cgroups() {
  local cgroup file
  while read -r cgroup; do
    mkdir "$cgroup" || return 1
    for file in cpuset.cpus cpuset.mems; do
      [[ -f $cgroup/cgroup.controllers || ! -f $cgroup/$file ]] || cat "$cgroup/../$file" >"$cgroup/$file"
    done
  done < <(node_cgroups "$1")
}

# remove_node NAME: what no namespace takes away. The processes have been killed, but may not be gone yet.
remove_node() {
  local cgroup attempt
  while read -r cgroup; do
    for ((attempt = 0; attempt < 100; ++attempt)); do
      find "$cgroup" -depth -type d -exec rmdir {} + 2>/dev/null || true
      [[ -d $cgroup ]] || break
      sleep 0.1
    done
  done < <(node_cgroups "$1")
  rm -rf --one-file-system "${node_runs:?}/$1"
}

# Nodes of runs that were killed: nobody holds the lock.
remove_dead_nodes() {
  local directory
  for directory in "$node_runs"/*/; do
    [[ ! -d $directory ]] || ! flock --nonblock "$directory" true || remove_node "$(basename "$directory")"
  done
}

# on_own_machine COMMAND...: with namespaces, cgroups and a directory of its own, which end with the command or with this shell. The
# command is told the cgroup as NODE_CGROUP. Killed, this shell cannot remove the cgroups and the directory: the next one does.
on_own_machine() {
  local directory name lock status=0
  mkdir -p "$node_runs"
  remove_dead_nodes
  directory=$(mktemp -d "$node_runs/XXXXXX")
  name=${directory##*/}
  # shellcheck disable=SC2064  # the names are local
  trap "kill -KILL \$(cat '$directory/pid'); remove_node $name" EXIT
  # The command has the lock, too: a node is dead when its last process is.
  exec {lock}<"$directory"
  flock "$lock"
  make_node_cgroups "$name" && NODE_CGROUP=/dotdiag-node.$name tests/node/own_machine.sh "$directory" "$@" || status=$?
  exec {lock}<&-
  remove_node "$name"
  trap - EXIT
  return "$status"
}

# in_node "IMAGE..." COMMAND...: on a node of its own that has these images of build/node.
in_node() {
  local image archives=() images=$1
  shift
  for image in $images; do archives+=("build/node/$image.tar"); done
  on_own_machine tests/node/up.sh "$e2e_assets" "$node_programs" "${archives[@]}" -- "$@"
}

# What a node that is not wholly gone would have left, a line each: mounts, interfaces, network namespaces, cgroups, kernel settings,
# and directories where container runtimes have theirs. Processes end meanwhile, and not each directory is there: no matter.
node_traces() {
  {
    awk '{ print "mount", $2 }' /proc/mounts
    ip -oneline link | sed 's/^[0-9]*: \([^:@]*\).*/interface \1/'
    find /proc/[0-9]*/ns/net -printf 'network namespace %l\n'
    find /sys/fs/cgroup -type d -printf 'cgroup %p\n'
    grep -H . /proc/sys/vm/{overcommit_memory,panic_on_oom} /proc/sys/kernel/panic{,_on_oops} /proc/sys/net/ipv4/ip_forward
    find "$node_runs" /run/{containerd,netns} /var/lib/{cni,kubelet,containerd} /var/log/{pods,containers} -maxdepth 1
  } 2>/dev/null | grep -v 'namespace $' | sort -u || true
}

# node_tests "FILE..." "IMAGE...": counts what unittest says; the files share a node.
node_tests() {
  local image name log status=0
  read -r name _ <<<"$1"
  log=build/node/$name.log
  for image in $2; do
    make_node_image "$image" && continue
    if [[ -n $node_images_skip_reason ]]; then skip "node: $1: $node_images_skip_reason"; else fail "node: the image $image"; fi
    return
  done
  # shellcheck disable=SC2086  # a word a file
  PYTHONPATH=tests/node in_node "pause $2" /usr/bin/python3 -B -m unittest --verbose $1 >"$log" 2>&1 || status=$?
  count_unittest node "$1" "$log" "$status"
}

# All of them, and then whether the machine is as it was.
tests_of_node() {
  local before left
  before=$(node_traces)
  node_tests install_test net31
  node_tests "runbook_test way_test disturbed_test cost_test applications_test" "net31 net9 net10 sdk monitor"
  node_tests matrix_test "net31 net9 net10 sdk"
  if find_helm; then node_tests chart_test ""; else skip_or_fail "node: the chart" "${helm_skip_reason:-}"; fi
  left=$(comm -13 <(echo "$before") <(node_traces))
  if [[ -z $left ]]; then
    count 1 0 0
  else
    fail "node: it leaves something behind"
    printf 'left behind: %s\n' "$left"
  fi
}

# With the images that the stage `image` has made.
stage_node() {
  if find_node; then tests_of_node; else skip_or_fail node "$node_skip_reason"; fi
}

# ./dev node [TEST|shell]: TEST as unittest names it, for example install_test.Renewed.
run_node() {
  local chosen=${1:-} image images=(pause)
  [[ $# -le 1 ]] || misuse "node takes one test, or shell"
  install_missing building image e2e runtime node
  find_node || {
    echo "node: ${node_skip_reason:-something is broken}" >&2
    return 1
  }
  run_image
  find_helm || true
  for image in net31 net9 net10 sdk monitor; do
    if make_node_image "$image"; then images+=("$image"); else echo "node: without $image: ${node_images_skip_reason:-it is broken}" >&2; fi
  done
  case $chosen in
    '') tests_of_node && summary ;;
    shell) in_node "${images[*]}" bash ;;
    *) PYTHONPATH=tests/node in_node "${images[*]}" /usr/bin/python3 -B -m unittest --verbose "$chosen" ;;
  esac
}
