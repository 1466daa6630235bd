// What the .NET runtime and createdump, which it starts, say: in the application's log and, from .NET 7 on, in the
// tool's answer.
#include "core/policy/symptoms/tables.hpp"

namespace dotdiag {

const std::vector<Symptom>& symptoms_of_runtime() {
  static const std::vector<Symptom> all = {
      {"Only full dumps are supported by single file apps. Change the dump type to full (DOTNET_DbgMiniDumpType=4)",
       "createdump of a single-file application",
       seen(".NET 10.0.9"),
       "A single-file application (.NET 8 and later) gives only full dumps: ask for --type Full, and see that there is "
       "room for it.",
       {"emptydir-sizelimit-below-memory"}},
      {"Problem suspending thread: ptrace(ATTACH, *) FAILED Operation not permitted (1)",
       "createdump",
       seen(".NET 9.0.1 and 10.0.9; .NET Core 3.1.23 prints it from ptrace on"),
       "The node forbids ptrace: the seccomp profile of containerd before 1.6.7 does where the container does not add "
       "SYS_PTRACE, and Yama does with ptrace_scope 2 or more. Or something else traces the process already, strace or "
       "a profiler.",
       {"sys-ptrace", "seccomp-localhost-unknown"}},
      {"open(/proc/*/mem) FAILED Permission denied (13)",
       "createdump",
       seen(".NET Core 3.1.23 and .NET 9.0.1"),
       "The application's executable has file capabilities (setcap), which closes its memory to other processes; or "
       "AppArmor forbids that the application's processes read each other. Some versions print a sentence before it.",
       {"no-new-privs-file-caps", "seccomp-localhost-unknown"}},
      {"Problem launching createdump (may not have execute permissions): execve(*) FAILED Permission denied (13)",
       "the .NET runtime",
       seen(".NET 9.0.1"),
       "createdump is in the image, and the application's user may not execute it: the file has lost its x bit, or a "
       "directory above it is closed to that user. On .NET 9 the diagnostic socket is gone after this, and every tool "
       "says that no process was found, until the application restarts; .NET Core 3.1 keeps it.",
       {"createdump-maybe-missing"}},
      {"Problem launching createdump (may not have execute permissions): execve(*) FAILED Operation not permitted (1)",
       "the .NET runtime",
       seen(".NET 9.0.1"),
       "createdump has file capabilities (setcap) that this container may not have. Take them off the file: a dump "
       "needs none. On .NET 9 the diagnostic socket is gone after this, and every tool says that no process was found, "
       "until the application restarts; .NET Core 3.1 keeps it.",
       {"no-new-privs-file-caps"}},
      {"Problem launching createdump (may not have execute permissions): execve(*) FAILED No such file or directory",
       "the .NET runtime",
       in_source,
       "The image has no createdump: a single file before .NET 8, trimmed, or NativeAOT. On .NET 9 the diagnostic "
       "socket is gone after this, and every tool says that no process was found, until the application restarts; .NET "
       "Core 3.1 keeps it.",
       {"createdump-maybe-missing"}},
      {"error while loading shared libraries: libmscordaccore.so",
       "createdump",
       in_source,
       "createdump was given file capabilities (setcap): the loader then ignores the directory that its library is in. "
       "Take the capabilities off the file.",
       {}},
      {"Could not create output file '*': Permission denied",
       "createdump",
       in_source,
       "The directory of -o must be writable for the application's user, in the application's container.",
       {"debug-mount-path-differs", "debug-uid-mismatch", "tmp-mount-read-only"}},
      {"Could not create output file '*': No such file or directory",
       "createdump",
       in_source,
       "The directory of -o must exist in the application's container: the path is sent there as it is.",
       {"debug-mount-path-differs"}},
      {"No space left on device",
       "createdump, dotnet-trace, dotnet-monitor",
       seen("Linux 6.18"),
       "The node's disk is full, or a volume in memory has reached its size.",
       {"emptydir-sizelimit-below-memory", "emptydir-memory-medium", "emptydir-no-sizelimit",
        "ephemeral-storage-limit-too-small"}},
      {"Failed to create CoreCLR, HRESULT: 0x80004005",
       ".NET up to 6 at start-up",
       seen(".NET Core 3.1.23"),
       "The runtime cannot write to /tmp or TMPDIR, or that directory is not there.",
       {"readonly-rootfs-no-tmp", "tmp-mount-read-only", "tmpdir-not-created"}},
      {"Failed to create CoreCLR, HRESULT: 0x8007000E",
       ".NET 7 at start-up",
       in_source,
       "The runtime cannot write to /tmp or TMPDIR, or that directory is not there.",
       {"readonly-rootfs-no-tmp", "tmp-mount-read-only", "tmpdir-not-created"}},
      {"The runtime has been configured to pause during startup and is awaiting a Diagnostics IPC ResumeStartup "
       "command from a Diagnostic Port",
       "the .NET runtime, after five seconds",
       in_source,
       "A diagnostic port without ,nosuspend stops the application until a tool connects.",
       {"diagnostic-port-suspends", "default-port-suspend", "diagnostic-port"}},
  };
  return all;
}

}  // namespace dotdiag
