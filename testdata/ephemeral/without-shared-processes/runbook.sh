[ -z "${ZSH_VERSION-}" ] || setopt interactive_comments
# Diagnose `app` in pod web-5969f6597f-9fl2l, namespace shop (policy dotnet-dump, mode tmp).
# Paste it line by line into one shell, bash or zsh. Lines that begin with # are for you.
# Mind: the pod shares no process namespace: the debugger joins that of `app`.
# Mind: container `app` does not add the capability SYS_PTRACE, which a dump needs on nodes with containerd before 1.6.7 [sys-ptrace].
# Mind: container `app` does not set DOTNET_EnableDiagnostics=1 [diagnostics-enabled].
# Mind: container `app` does not set TMPDIR=/tmp [tmpdir].

# 1. Bring the debugger in. It stays until the pod goes: nothing can take it out again.
printf '%s\n' '{"args":["sh"],"stdin":true,"tty":true,"env":[{"name":"DOTNET_EnableDiagnostics","value":"0"},{"name":"TMPDIR","value":"/tmp"},{"name":"DOTNET_CLI_HOME","value":"/tmp/.dotdiag"}],"securityContext":{"runAsUser":0,"runAsNonRoot":false},"volumeMounts":[{"name":"scratch","mountPath":"/tmp"}]}' > dump-debugger.json
kubectl debug --namespace=shop pod/web-5969f6597f-9fl2l --image=mcr.microsoft.com/dotnet/sdk:10.0 --container=dump-debugger --target=app --profile=baseline --custom=dump-debugger.json
# kubectl before 1.31 does not know --custom: -o curl writes a script that does the same.

# 2. Repeat this until it says that the debugger is running.
kubectl get pod -n shop web-5969f6597f-9fl2l -o jsonpath='{.status.ephemeralContainerStatuses[?(@.name=="dump-debugger")].state}{"\n"}'
# If `app` restarts, the debugger ends with it (exit code 137), because it has joined its processes: bring in another one.
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

# 5. Is there room? The dump is as large as the memory that it holds.
#   `app` has no memory limit, so look how much it uses before you dump it.
#   the volume `scratch` has no limit but the node's disk.
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- df -h /tmp
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- grep VmRSS "/proc/$pid/status"

# 6. Take the dump. The application stands still meanwhile; types are Full, Heap, Mini and Triage.
file=/tmp/app-$(date +%H%M%S).dmp
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-dump collect --process-id "$pid" --type Heap --output "$file"

# 7. Copy it here, and compare.
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- cat "$file" > web-5969f6597f-9fl2l.dmp
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- sha256sum "$file"; sha256sum web-5969f6597f-9fl2l.dmp
# Or, with tar in the image: kubectl cp -c dump-debugger -n shop web-5969f6597f-9fl2l:"$file" web-5969f6597f-9fl2l.dmp

# 8. Open it.
# It holds the memory of the application, secrets included: keep it where those may be kept.
dotnet-dump analyze web-5969f6597f-9fl2l.dmp
# First commands there: clrthreads, clrstack -all, dumpheap -stat, gcroot ADDRESS, exit. To install it:
# dotnet tool install --global dotnet-dump, on a Linux with the same C library (glibc or musl).
# Or in the debugger:
kubectl exec -it -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-dump analyze "$file"

# 9. Free the room when the copy is good.
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- rm "$file"

# 10. Instead of a dump: what is on the heap (a full garbage collection, no memory contents).
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- dotnet tool install dotnet-gcdump --tool-path /tmp/.dotdiag/tools
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-gcdump collect --process-id "$pid" --output /tmp/web-5969f6597f-9fl2l.gcdump
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- cat /tmp/web-5969f6597f-9fl2l.gcdump > web-5969f6597f-9fl2l.gcdump

# 11. Instead of a dump: what it does, for half a minute.
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- dotnet tool install dotnet-trace --tool-path /tmp/.dotdiag/tools
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-trace collect --process-id "$pid" --duration 00:00:30 --output /tmp/web-5969f6597f-9fl2l.nettrace
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- cat /tmp/web-5969f6597f-9fl2l.nettrace > web-5969f6597f-9fl2l.nettrace

# 12. Instead of a dump: counters, live (q ends them).
kubectl exec -c dump-debugger -n shop web-5969f6597f-9fl2l -- dotnet tool install dotnet-counters --tool-path /tmp/.dotdiag/tools
kubectl exec -it -c dump-debugger -n shop web-5969f6597f-9fl2l -- /tmp/.dotdiag/tools/dotnet-counters monitor --process-id "$pid"
