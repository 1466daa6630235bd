#include "core/policy/symptom.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace dotdiag {
namespace {

/// A shorter part of a message says nothing: half of all messages have "failed" in them.
constexpr std::size_t shortest_part = 10;

/// In lower case, with single blanks, without quotation marks and full stops.
std::string plain(std::string_view text) {
  std::string result;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\'' || character == '`' || character == '.') continue;
    if (std::isspace(byte) == 0) {
      result += static_cast<char>(std::tolower(byte));
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

/// How many characters of `text` are the message `pattern`: all its parts in order, whatever is between them. 0 where
/// it is not there.
std::size_t matched_length(std::string_view text, std::string_view pattern) {
  std::size_t length = 0;
  while (!pattern.empty()) {
    const auto star = pattern.find('*');
    const std::string_view part = pattern.substr(0, star);
    const auto at = text.find(part);
    if (at == std::string_view::npos) return 0;
    length += part.size();
    text.remove_prefix(at + part.size());
    pattern.remove_prefix(star == std::string_view::npos ? pattern.size() : star + 1);
  }
  return length;
}

/// The same for a text that is only a part of the message: one that a person remembered or cut short.
std::size_t matched_part(const std::string& text, const std::string& pattern) {
  const bool is_part = text.size() >= shortest_part && pattern.find(text) != std::string::npos;
  return is_part ? text.size() : 0;
}

}  // namespace

std::vector<const Symptom*> find_symptoms(std::string_view text) {
  const std::string wanted = plain(text);
  std::vector<std::pair<std::size_t, const Symptom*>> found;
  for (const Symptom& symptom : symptoms()) {
    const std::string message = plain(symptom.message);
    const std::size_t length = std::max(matched_length(wanted, message), matched_part(wanted, message));
    if (length > 0) found.emplace_back(length, &symptom);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& left, const auto& right) { return left.first > right.first; });
  std::vector<const Symptom*> result;
  for (const auto& [length, symptom] : found)
    result.push_back(symptom);
  return result;
}

const std::vector<Symptom>& symptoms() {
  static const std::vector<Symptom> all = {
      // Tools in the debug container.
      {"No supported .NET processes were found",
       "dotnet-dump ps, dotnet-trace ps, dotnet-counters ps",
       "The tool sees no diagnostic socket of a process that it sees too: /tmp is not shared, TMPDIR differs, the "
       "process namespace is not shared, or diagnostics are off.",
       {"shared-tmp", "tmpdir-not-shared", "share-process-namespace", "diagnostics-disabled",
        "diagnostics-ipc-disabled", "debug-mount-missing"}},
      {"Process * not running compatible .NET runtime",
       "tools up to version 8",
       "The tool sees the process, and no socket of it in its own /tmp or TMPDIR.",
       {"shared-tmp", "tmpdir-not-shared", "diagnostics-disabled", "diagnostics-ipc-disabled", "debug-mount-missing"}},
      {"Process * seems to be elevated",
       "tools up to version 8",
       "The tool may not read /proc of the process: it runs as another user or group.",
       {"uid-unknown", "debug-uid-mismatch", "debug-gid-mismatch", "debug-caps-not-superset"}},
      {"Process * is not running",
       "the diagnostics tools",
       "The number is that of another process namespace: with a shared one, process 1 is the pause container.",
       {"pid1-assumed", "share-process-namespace"}},
      {"Unable to connect to Process *. Please verify that * is writable by the current user",
       "tools from version 9",
       "The tool found the process and not its socket: the directory is not shared, or TMPDIR differs.",
       {"shared-tmp", "tmpdir-not-shared", "diagnostics-disabled", "debug-mount-missing", "debug-mount-path-differs"}},
      {"ensure this process runs with 'pid: host' and has access to /proc/*/root",
       "tools from version 10",
       "The target is in another container and its directory is not shared with the tool.",
       {"shared-tmp", "tmpdir-not-shared", "debug-mount-missing"}},
      {"The total length of the diagnostic socket path may exceed 108 characters",
       "the diagnostics tools",
       "The path of a Unix socket is limited to 107 bytes, and TMPDIR is too long for the name behind it.",
       {"diagnostic-socket-path-too-long"}},
      {"Unable to connect to the server. Permission denied",
       "the diagnostics tools",
       "The socket belongs to the application's user and is closed to all others but a root that kept DAC_OVERRIDE.",
       {"debug-uid-mismatch", "drop-all-with-root-tool", "uid-unknown", "monitor-uid-mismatch"}},
      {"SocketException (13): Permission denied",
       "the diagnostics tools, dotnet-monitor",
       "The socket belongs to the application's user and is closed to all others but a root that kept DAC_OVERRIDE.",
       {"debug-uid-mismatch", "drop-all-with-root-tool", "uid-unknown", "monitor-uid-mismatch"}},
      {"Connection refused",
       "the diagnostics tools",
       "The socket was left behind by a process that was killed; an emptyDir outlives the container. Choose the newest "
       "socket, or remove the old ones.",
       {}},
      {"Write dump failed - HRESULT: 0x80004005",
       "dotnet-dump collect",
       "The application itself writes the dump: the path must exist and be writable in its container, createdump must "
       "be "
       "in its image, and the node must let it trace.",
       {"debug-mount-path-differs", "createdump-maybe-missing", "seccomp-localhost-unknown", "sys-ptrace"}},
      {"Core dump generation FAILED",
       "dotnet-dump collect",
       "The application itself writes the dump: the path must exist and be writable in its container, createdump must "
       "be "
       "in its image, and the node must let it trace.",
       {"debug-mount-path-differs", "createdump-maybe-missing", "seccomp-localhost-unknown", "sys-ptrace"}},
      {"Problem suspending threads: ptrace(ATTACH, *) FAILED Operation not permitted",
       "createdump",
       "The seccomp profile of the node's container runtime forbids ptrace (containerd before 1.6.7), or Yama's "
       "ptrace_scope is 2 or more.",
       {"sys-ptrace", "seccomp-localhost-unknown", "ptrace-cap-ineffective-nonroot"}},
      {"The process or container does not have permissions or access: open(/proc/*/mem) FAILED Permission denied",
       "createdump",
       "AppArmor forbids that the application's processes read each other, or its executable has file capabilities.",
       {"seccomp-localhost-unknown"}},
      {"Problem launching createdump (may not have execute permissions): execve(*) FAILED No such file or directory",
       "the .NET runtime",
       "The image has no createdump: single-file before .NET 8, trimmed, or NativeAOT.",
       {"createdump-maybe-missing"}},
      {"error while loading shared libraries: libmscordaccore.so",
       "createdump",
       "createdump was given file capabilities (setcap): the loader then ignores the directory that its library is in. "
       "Take the capabilities off the file.",
       {}},
      {"Could not create output file '*': Permission denied",
       "createdump",
       "The directory of -o must be writable for the application's user, in the application's container.",
       {"debug-mount-path-differs", "debug-uid-mismatch", "tmp-mount-read-only"}},
      {"Could not create output file '*': No such file or directory",
       "createdump",
       "The directory of -o must exist in the application's container: the path is sent there as it is.",
       {"debug-mount-path-differs"}},
      {"No space left on device",
       "createdump, dotnet-trace, dotnet-monitor",
       "The node's disk is full, or a volume in memory has reached its size.",
       {"emptydir-sizelimit-below-memory", "emptydir-memory-medium", "emptydir-no-sizelimit",
        "ephemeral-storage-limit-too-small"}},
      {"Unable to discover a target process",
       "dotnet-monitor, HTTP 400",
       "The image's filter asks for process 1, which is the pause container in a shared process namespace; or the "
       "application does not connect to the monitor's socket.",
       {"monitor-default-process-pid1", "monitor-mode-mismatch", "diagnostic-port", "diagnostic-port-needs-net5"}},
      {"/processes = []",
       "dotnet-monitor",
       "No application has connected to the monitor: its variable is missing or names another socket, or, in connect "
       "mode, the process namespace or /tmp is not shared.",
       {"monitor-mode-mismatch", "monitor-connect-needs-shared-pid", "diagnostic-port", "diagnostic-port-needs-net5"}},
      {"Unable to select a single target process because multiple target processes have been discovered",
       "dotnet-monitor, HTTP 400",
       "Several .NET processes are in its sight: name one with uid= or pid=.",
       {"monitor-multiple-targets"}},
      {"In 'Listen' mode, the diagnostic port endpoint name must be specified",
       "dotnet-monitor",
       "Neither an endpoint nor a default shared path is configured.",
       {"monitor-listen-no-endpoint"}},
      {"FileNotFoundException",
       "dotnet-monitor, GET /dump",
       "The application writes the dump to the monitor's path, in its own container: both need the same volume at the "
       "same path.",
       {"monitor-shared-path-mismatch", "shared-diag", "debug-mount-path-differs"}},
      {"Unable to bind any urls",
       "dotnet-monitor",
       "HTTPS is the default and no certificate is configured.",
       {"monitor-https-no-cert"}},
      {"401 Unauthorized",
       "dotnet-monitor",
       "The request lacks the monitor's API key (Authorization: Bearer ...): with --temp-apikey the monitor writes one "
       "to its log.",
       {}},
      {"Failed to load data access module, 0x80131c4f",
       "dotnet-dump analyze",
       "The dump comes from another C library or architecture than the machine that reads it, and the symbol server "
       "cannot be reached.",
       {"debug-image-libc-mismatch"}},
      {"Unable to load shared library 'libdl.so'",
       "dotnet-dump analyze",
       "The SDK image lacks the development files of the C library: install libc6-dev there.",
       {}},
      // The application, the kubelet and the API server.
      {"Failed to create CoreCLR, HRESULT: 0x80004005",
       ".NET up to 6 at start-up",
       "The runtime cannot write to /tmp or TMPDIR.",
       {"readonly-rootfs-no-tmp", "tmp-mount-read-only"}},
      {"Failed to create CoreCLR, HRESULT: 0x8007000E",
       ".NET 7 at start-up",
       "The runtime cannot write to /tmp or TMPDIR.",
       {"readonly-rootfs-no-tmp", "tmp-mount-read-only"}},
      {"The runtime has been configured to pause during startup and is awaiting a Diagnostics IPC ResumeStartup "
       "command "
       "from a Diagnostic Port",
       "the .NET runtime, after five seconds",
       "A diagnostic port without ,nosuspend stops the application until a tool connects.",
       {"diagnostic-port-suspends", "default-port-suspend", "diagnostic-port"}},
      {"Usage of EmptyDir volume \"*\" exceeds the limit",
       "the kubelet, which evicts the pod",
       "The dump was larger than the volume's sizeLimit. It is deleted with the pod.",
       {"emptydir-sizelimit-below-memory"}},
      {"Pod ephemeral local storage usage exceeds the total limit of containers",
       "the kubelet, which evicts the pod",
       "A dump in an emptyDir counts as ephemeral storage.",
       {"ephemeral-storage-limit-too-small"}},
      {"OOMKilled",
       "the kernel, exit code 137",
       "Taking a dump reads the whole heap into memory, and a volume in memory counts too.",
       {"memory-limit-tight-for-dump", "emptydir-memory-medium"}},
      {"Liveness probe failed",
       "the kubelet, which restarts the container",
       "The process stands still while the dump is written, and does not answer the probe.",
       {"liveness-kills-during-dump"}},
      {"violates PodSecurity \"*\": non-default capabilities",
       "the API server",
       "Pod Security baseline and restricted refuse SYS_PTRACE.",
       {"sys-ptrace-violates-pss", "sys-ptrace"}},
      {"unable to validate against any security context constraint",
       "the API server of OpenShift",
       "The restricted constraint refuses added capabilities and users outside the namespace's range.",
       {"platform-openshift-scc"}},
      {"Pod not supported on Fargate: invalid SecurityContext fields",
       "the scheduler of EKS Fargate",
       "Fargate runs no pod whose containers add capabilities: it stays Pending.",
       {"platform-fargate-caps"}},
      {"ShareProcessNamespace and HostPID cannot both be enabled",
       "the API server",
       "A pod shares its process namespace with the node or among its containers, not both.",
       {"share-pid-conflict"}},
      {"cannot be set for a windows pod",
       "the API server",
       "Windows has neither process namespaces to share nor diagnostic sockets in /tmp.",
       {"windows-pod", "share-pid-conflict"}},
      {"container has runAsNonRoot and image will run as root",
       "the kubelet, CreateContainerConfigError",
       "The debug image's user is root and the pod forbids that.",
       {"debug-runasnonroot-conflict"}},
      {"spec.ephemeralContainers[*].volumeMounts[*].name: Not found",
       "the API server",
       "The pod has no such volume: it is older than the webhook, or another policy prepared it.",
       {"ec-volume-not-in-pod"}},
      {"Forbidden: cannot be set for an Ephemeral Container",
       "the API server",
       "Ephemeral containers have neither ports nor resources, probes, lifecycle hooks or subPath mounts.",
       {"ec-forbidden-field", "ec-subpath"}},
      {"existing ephemeral containers \"*\" may not be changed",
       "the API server",
       "The name is taken: an ephemeral container cannot be altered.",
       {"ec-name-collision"}},
      {"existing ephemeral containers \"*\" may not be removed",
       "the API server",
       "A merge patch replaced the list: use a strategic merge patch.",
       {"ec-name-collision"}},
      {"ephemeral containers not allowed in pod template",
       "the API server",
       "An ephemeral container can only be added to a pod that runs.",
       {"ec-in-template"}},
      {"static pods do not support ephemeral containers",
       "the API server",
       "The kubelet runs the pod from a file; the API server only shows it.",
       {"static-pod"}},
      {"ephemeral containers are disabled for this cluster",
       "kubectl debug",
       "They came with Kubernetes 1.23 (beta) and 1.25 (stable).",
       {"k8s-too-old"}},
      {"fatal: can only run as pid 1",
       "s6-overlay and other init systems",
       "With a shared process namespace, process 1 is the pause container.",
       {"pid1-dependent-image", "share-process-namespace"}},
      {"cannot unmarshal number into Go struct field EnvVar",
       "the API server",
       "The value of an environment variable must be a string: quote it.",
       {"env-value-not-string"}},
      {"name, command, image, lifecycle and volume devices are not modifiable via custom profile",
       "kubectl debug",
       "These are given by the flags of kubectl debug.",
       {"ec-custom-profile-forbidden"}},
  };
  return all;
}

}  // namespace dotdiag
