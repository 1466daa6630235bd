#!/usr/bin/env bash
# own_machine.sh DIRECTORY COMMAND...: runs the command as if it had the machine for itself, which makes it end without a trace.
#
# Processes, network, mounts and host name are namespaces of their own. So ports and addresses meet nobody's, nothing outside
# can be reached or reaches in, and with the last process the kernel takes away every mount, interface and process: also when
# this script or its parent is killed. What the command writes below /run, /var/lib and /var/log goes to DIRECTORY; /run is empty
# at first, so that no other containerd is found there.
# What no namespace takes away, DIRECTORY and cgroups, is for the caller: tools/node.sh.
set -euo pipefail

if [[ ${1:-} != --inside ]]; then
  echo $$ >"$1/pid"
  # The program reads /proc of its own: containerd and kubelet look processes up there by number.
  exec setpriv --pdeathsig KILL unshare --mount --pid --net --ipc --uts --mount-proc --kill-child --fork \
    "$0" --inside "$@"
fi
directory=$2
shift 2

# Shims are left to process 1, which is this shell: it waits for them, too.
hostname node
# A container that mounts what kubelet mounts later (mountPropagation) asks for shared mounts; they are shared in here alone.
mount --make-rshared /
mkdir -p "$directory/run"
mount --bind "$directory/run" /run
for path in /var/lib /var/log; do
  mkdir -p "$directory$path" "$directory/work$path"
  mount -t overlay -o "lowerdir=$path,upperdir=$directory$path,workdir=$directory/work$path" overlay "$path"
done
# kubelet sets what the kernel does when memory runs out or it fails: here it writes that into files, not into somebody's kernel.
for setting in vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops; do
  mkdir -p "$directory/sys/${setting%/*}"
  cat "/proc/sys/$setting" >"$directory/sys/$setting"
  mount --bind "$directory/sys/$setting" "/proc/sys/$setting"
done

ip link set lo up
"$@"
# The shell must not become the command: then nobody would wait for what is left to process 1.
exit
