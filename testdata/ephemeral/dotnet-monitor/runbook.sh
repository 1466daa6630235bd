[ -z "${ZSH_VERSION-}" ] || setopt interactive_comments
# Diagnose `app` in pod web-5969f6597f-9fl2l, namespace shop (policy dotnet-monitor, mode listen).
# Paste it line by line into one shell, bash or zsh. Lines that begin with # are for you.

# 1. Bring the debugger in. It stays until the pod goes: nothing can take it out again.
printf '%s\n' '{"args":["collect","--no-auth"],"env":[{"name":"DOTNET_EnableDiagnostics","value":"0"},{"name":"DOTNETMONITOR_Urls","value":"http://localhost:52323"},{"name":"DOTNETMONITOR_DiagnosticPort__ConnectionMode","value":"Listen"},{"name":"DOTNETMONITOR_DiagnosticPort__EndpointName","value":"/diag/dotnet-monitor.sock"},{"name":"DOTNETMONITOR_Storage__DefaultSharedPath","value":"/diag"}],"securityContext":{"runAsUser":1654,"runAsGroup":1654,"runAsNonRoot":true},"volumeMounts":[{"name":"diagvol","mountPath":"/diag"}]}' > debugger.json
kubectl debug --namespace=shop pod/web-5969f6597f-9fl2l --image=mcr.microsoft.com/dotnet/monitor:10.0 --container=debugger --profile=general --custom=debugger.json
# kubectl before 1.31 does not know --custom: -o curl writes a script that does the same.

# 2. Repeat this until it says that the debugger is running.
kubectl get pod -n shop web-5969f6597f-9fl2l -o jsonpath='{.status.ephemeralContainerStatuses[?(@.name=="debugger")].state}{"\n"}'

# 3. Make it answer here. It listens on localhost in the pod and nowhere else.
kubectl port-forward -n shop web-5969f6597f-9fl2l 52323:52323 & forward=$!; sleep 2

# 4. Find the process. This takes the first of those that it lists.
curl --silent http://localhost:52323/processes
pid=$(curl --silent http://localhost:52323/processes | grep -o '"pid": *[0-9]*' | head -n 1 | tr -dc 0-9); echo "$pid"
# An empty list? The application connects by itself within a second; if not: kubectl logs -c debugger -n shop web-5969f6597f-9fl2l

# 5. Take the dump. The application stands still meanwhile; types are Full, WithHeap, Mini and Triage.
#   the volume `diagvol` holds 1536Mi, and `app` may use 1Gi: even Full fits.
#   That is by the memory limit alone, which is rough: memory that is committed and not touched is in the dump, and in no limit.
# First see that createdump is there: where createdump cannot be started, .NET 9 closes its diagnostic socket until the container restarts. With a shell in the image:
#   kubectl exec -c app -n shop web-5969f6597f-9fl2l -- sh -c 'ls -l /usr/share/dotnet/shared/Microsoft.NETCore.App/*/createdump'
# A single file of .NET 8 and later needs none, and gives only dumps of type Full.
curl --fail --output web-5969f6597f-9fl2l.dmp "http://localhost:52323/dump?pid=$pid&type=WithHeap"

# 6. Open it.
# It holds the memory of the application, secrets included: keep it where those may be kept.
dotnet-dump analyze web-5969f6597f-9fl2l.dmp
# First commands there: clrthreads, clrstack -all, dumpheap -stat, gcroot ADDRESS, exit. To install it:
# dotnet tool install --global dotnet-dump, on a Linux with the same C library (glibc or musl).

# 7. Instead of a dump: what is on the heap (a full garbage collection, no memory contents).
curl --fail --output web-5969f6597f-9fl2l.gcdump "http://localhost:52323/gcdump?pid=$pid"

# 8. Instead of a dump: what it does, for half a minute.
curl --fail --output web-5969f6597f-9fl2l.nettrace "http://localhost:52323/trace?pid=$pid&durationSeconds=30"

# 9. Instead of a dump: its metrics.
curl --silent http://localhost:52323/metrics

# 10. End the forwarding.
kill "$forward"
