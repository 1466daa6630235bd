[ -z "${ZSH_VERSION-}" ] || setopt interactive_comments
# Diagnose `app` in pod web-5969f6597f-9fl2l, namespace shop (policy dotnet-dump, mode procroot).
# Paste it line by line into one shell, bash or zsh. Lines that begin with # are for you.
# Mind: container `app` does not set DOTNET_EnableDiagnostics=1 [diagnostics-enabled].
# Mind: the liveness probe of `app` ends a dump after 30 s, and one may take 40 s: set failureThreshold: 4 [liveness-kills-during-dump].

# 1. Bring the debugger in. It stays until the pod goes: nothing can take it out again.
printf '%s\n' '{"args":["wait","--for","1h"],"securityContext":{"runAsUser":1654,"runAsGroup":1654,"runAsNonRoot":true,"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]},"seccompProfile":{"type":"RuntimeDefault"}}}' > dotdiag-collect.json
kubectl debug --namespace=shop pod/web-5969f6597f-9fl2l --image=dotdiag-collect:0.1.0 --container=dotdiag-collect --target=app --profile=restricted --custom=dotdiag-collect.json
# kubectl before 1.31 does not know --custom: -o curl writes a script that does the same.

# 2. Repeat this until it says that the debugger is running.
kubectl get pod -n shop web-5969f6597f-9fl2l -o jsonpath='{.status.ephemeralContainerStatuses[?(@.name=="dotdiag-collect")].state}{"\n"}'
# If `app` restarts, the debugger ends with it (exit code 137), because it has joined its processes: bring in another one.

# 3. See which .NET processes there are, and whether they can be asked.
kubectl exec -c dotdiag-collect -n shop web-5969f6597f-9fl2l -- dotdiag-collect ps
process=
# Several? Say which: process=--pid=NUMBER

# 4. Ask it: what takes the memory, why it hangs, how it does.
# A heap costs a garbage collection, about 0.1 s for each million objects; the others hardly anything.
kubectl exec -c dotdiag-collect -n shop web-5969f6597f-9fl2l -- dotdiag-collect heap --yes $process
kubectl exec -c dotdiag-collect -n shop web-5969f6597f-9fl2l -- dotdiag-collect stacks $process
kubectl exec -c dotdiag-collect -n shop web-5969f6597f-9fl2l -- dotdiag-collect counters --once $process

# 5. Take a dump. It comes through a pipe, and lies on no disk but yours.
# The application stands still meanwhile.
kubectl exec -c dotdiag-collect -n shop web-5969f6597f-9fl2l -- dotdiag-collect dump --yes -o - $process > web-5969f6597f-9fl2l.dmp.zst
# No zstd here? --compress gzip. A single file of .NET 8 and later gives a full dump, whatever is asked.

# 6. Is it whole? The sum must be the one that the command before has printed.
sha256sum web-5969f6597f-9fl2l.dmp.zst
zstd -d web-5969f6597f-9fl2l.dmp.zst -o web-5969f6597f-9fl2l.dmp

# 7. Open it.
# It holds the memory of the application, secrets included: keep it where those may be kept.
dotnet-dump analyze web-5969f6597f-9fl2l.dmp
# First commands there: clrthreads, clrstack -all, dumpheap -stat, gcroot ADDRESS, exit. To install it:
# dotnet tool install --global dotnet-dump, on a Linux with the same C library (glibc or musl).

# 8. Instead of a dump: the heap with its references, for PerfView or Visual Studio.
kubectl exec -c dotdiag-collect -n shop web-5969f6597f-9fl2l -- dotdiag-collect gcdump --yes -o - $process > web-5969f6597f-9fl2l.gcdump

# 9. Instead of a dump: what it does, for half a minute.
kubectl exec -c dotdiag-collect -n shop web-5969f6597f-9fl2l -- dotdiag-collect trace -d 30s -o - $process > web-5969f6597f-9fl2l.nettrace
# The debugger ends by itself, an hour after it came.
