[ -z "${ZSH_VERSION-}" ] || setopt interactive_comments
# Diagnose `app` in pod web-5969f6597f-9fl2l, namespace shop (policy dotnet-dump-restricted, mode tmp).
# Paste it line by line into one shell, bash or zsh. Lines that begin with # are for you.
# Mind: a dump of `app` (2Gi) can outgrow `cache-volume` (500Mi): set sizeLimit 3328Mi [emptydir-sizelimit-below-memory].

# 1. Bring the debugger in. It stays until the pod goes: nothing can take it out again.
printf '%s\n' '{"args":["sh"],"stdin":true,"tty":true,"env":[{"name":"DOTNET_EnableDiagnostics","value":"0"},{"name":"TMPDIR","value":"/tmp"},{"name":"DOTNET_CLI_HOME","value":"/tmp/.dotdiag"}],"securityContext":{"runAsUser":1654,"runAsGroup":1654,"runAsNonRoot":true,"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"seccompProfile":{"type":"RuntimeDefault"}},"volumeMounts":[{"name":"cache-volume","mountPath":"/tmp"}]}' > dump-debugger.json
kubectl debug --namespace=shop pod/web-5969f6597f-9fl2l --image=mcr.microsoft.com/dotnet/sdk:10.0-alpine --container=dump-debugger --profile=restricted --custom=dump-debugger.json
# kubectl before 1.31 does not know --custom: -o curl writes a script that does the same.

# 2. Repeat this until it says that the debugger is running.
kubectl get pod -n shop web-5969f6597f-9fl2l -o jsonpath='{.status.ephemeralContainerStatuses[?(@.name=="dump-debugger")].state}{"\n"}'
# To look around in it, open a shell of your own, or join its first one, where exit ends it for good:
#   kubectl exec -it -c dump-debugger -n shop web-5969f6597f-9fl2l -- sh
#   kubectl attach -it -c dump-debugger -n shop web-5969f6597f-9fl2l

# 3. Install the tool.
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- dotnet tool install dotnet-dump --tool-path /tmp/.dotdiag/tools
# No way from the pod to nuget.org? Take an image that has the tools: --image IMAGE.

# 4. Find the process. Every .NET process has a socket; this takes the newest.
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-dump ps
pid=$(kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- sh -c 'ls -t /tmp/dotnet-diagnostic-*-socket' | sed -n '1s/.*-diagnostic-\([0-9]*\)-.*/\1/p'); echo "$pid"
# Is it not the one you want of those that ps lists? Say which: pid=NUMBER
# Nothing? See who you are and who the processes are; everybody may:
#   kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- sh -c 'id; grep -e Name: -e Uid: -e Gid: -e CapPrm: /proc/[0-9]*/status'
# Likeliest first: the application has another user than this debugger, which is not root: add a debugger with --target-uid and --target-gid.
# Or diagnostics are off (DOTNET_EnableDiagnostics=0, in the image too), or its TMPDIR is another directory, or it has
# not started yet, or a dump that could not be started has closed the socket (.NET 9): restart the container.

# 5. See what would take the dump, before you ask for one.
dumper=$(kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- sh -c 'd=$(sed -n "\,/libcoreclr\.so$,{s,^[^/]*,,;s,/[^/]*$,,;p;q}" "/proc/$1/maps" 2>/dev/null) || { echo unknown; exit; }; if [ -z "$d" ]; then echo single-file; elif [ -x "/proc/$1/root$d/createdump" ]; then echo "$d/createdump"; else echo missing; fi' sh "$pid"); echo "$dumper"
# A path: createdump is there. Go on.
# missing: ask for no dump: where createdump cannot be started, .NET 9 closes its diagnostic socket until the container restarts. Take what this runbook has instead of a
#   dump; for dumps roll an image that has createdump beside libcoreclr.so, executable for the application's user.
# single-file: it needs no createdump, and gives only dumps of type Full. It refuses Heap and Mini without harm.
# unknown: the debugger may not look: another user or group, or fewer capabilities. Ask the image, if it has a shell:
#   kubectl exec -c app -n shop web-5969f6597f-9fl2l -- sh -c 'ls -l /usr/share/dotnet/shared/Microsoft.NETCore.App/*/createdump'

# 6. Is there room? A dump holds what the process has committed, touched or not: more than its memory in use.
#   the volume `cache-volume` holds 500Mi, and `app` may use 2Gi: Heap may not fit, and the pod would be evicted, dump and all. Mini fits.
#   That is by the memory limit alone, which is rough: memory that is committed and not touched is in the dump, and in no limit.
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- df -h /tmp
used=$(kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- du -sk /tmp | cut -f 1)
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- cat "/proc/$pid/smaps" | awk -v used="${used:-0}" -v room=512000 '/^[0-9a-f]+-[0-9a-f]+ / { read = $2 ~ /^r/; write = $2 ~ /^rw.p/ } $1 == "Size:" { if (write) heap += $2; if (read) full += $2 } END { if (!full) { print "smaps is not readable: go by what stands above"; exit } heap += 5120; full += 5120; free = room - used; printf "Heap takes about %d MiB, Full %d MiB", heap / 1024, full / 1024; if (!room) print ": compare with what is free, there is no other limit"; else printf "; %d MiB are free: %s\n", free / 1024, (free > full ? "Full fits" : free > heap ? "Heap fits, Full does not" : "only Mini fits") }'
# That is what counts. Too large? Where .NET is 8 or newer, DOTNET_DbgDisablePagemapUse=0 on the application,
# set before it starts, leaves untouched memory out. Not readable? Where the cluster has metrics, kubectl top
# pod --containers says what is in use; Heap takes that and 80Mi at least, and 8Mi for each of many threads.
# createdump needs 20 MiB below the application's memory limit; without them the kernel may kill it.
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- sh -c 'cd "/proc/$1/root/sys/fs/cgroup" && cat memory.max memory.current 2>/dev/null || cat memory/memory.limit_in_bytes memory/memory.usage_in_bytes' sh "$pid" | awk '{ n[NR] = $1 } END { if (NR < 2) print "its cgroup is not readable: is the pod close to its memory limit?"; else if (n[1] == "max" || n[1] > 2^60) print "it has no memory limit"; else printf "%d of %d MiB are in use, caches included: %s\n", n[2] / 1048576, n[1] / 1048576, (n[1] - n[2] < 20971520 ? "a dump may kill it" : "enough for createdump") }'

# 7. Take the dump. The application stands still meanwhile; types are Full, Heap, Mini and Triage.
file=/tmp/app-$(date +%H%M%S).dmp
[ "$dumper" = missing ] || kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-dump collect --process-id "$pid" --type Mini --output "$file"
# A single file gives only this one. The step before says how large it is:
#   kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-dump collect --process-id "$pid" --type Full --output "$file"

# 8. Copy it here, and compare.
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- cat "$file" > web-5969f6597f-9fl2l.dmp
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- sha256sum "$file"; sha256sum web-5969f6597f-9fl2l.dmp
# Or, with tar in the image: kubectl cp -c dump-debugger -n shop web-5969f6597f-9fl2l:"$file" web-5969f6597f-9fl2l.dmp

# 9. Open it.
# It holds the memory of the application, secrets included: keep it where those may be kept.
dotnet-dump analyze web-5969f6597f-9fl2l.dmp
# First commands there: clrthreads, clrstack -all, dumpheap -stat, gcroot ADDRESS, exit. To install it:
# dotnet tool install --global dotnet-dump, on a Linux with the same C library (glibc or musl).
# Or in the debugger:
kubectl exec -it -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-dump analyze "$file"

# 10. Free the room when the copy is good.
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- rm "$file"

# 11. Instead of a dump: what is on the heap (a full garbage collection, no memory contents).
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- dotnet tool install dotnet-gcdump --tool-path /tmp/.dotdiag/tools
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-gcdump collect --process-id "$pid" --output /tmp/web-5969f6597f-9fl2l.gcdump
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- cat /tmp/web-5969f6597f-9fl2l.gcdump > web-5969f6597f-9fl2l.gcdump

# 12. Instead of a dump: what it does, for half a minute.
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- dotnet tool install dotnet-trace --tool-path /tmp/.dotdiag/tools
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-trace collect --process-id "$pid" --duration 00:00:30 --output /tmp/web-5969f6597f-9fl2l.nettrace
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- cat /tmp/web-5969f6597f-9fl2l.nettrace > web-5969f6597f-9fl2l.nettrace

# 13. Instead of a dump: counters, live (q ends them).
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- dotnet tool install dotnet-counters --tool-path /tmp/.dotdiag/tools
kubectl exec -it -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-counters monitor --process-id "$pid"
