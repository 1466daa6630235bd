#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/socket_mount.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// True where the tools look for sockets below `path`.
bool looks_below(const ContainerView& debugger, const std::string& path) {
  const auto directory = socket_directory(debugger);
  return directory && (*directory + "/").substr(0, path.size() + 1) == path + "/";
}

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto shared = socket_mount(subject);
  if (!shared) return {};
  const auto mounts = mounts_of(debugger, shared->volume);
  const bool is_same =
      std::any_of(mounts.begin(), mounts.end(), [&](const OwnMount& mount) { return mount.path == shared->path; });
  if (mounts.empty() || is_same) return {};
  const OwnMount& first = mounts.front();
  // With TMPDIR set to its own path a tool finds the socket, and everything but dumps works.
  return {{std::string(debugger.name()), first.at / "mountPath",
           named_debugger(debugger) + " has `" + shared->volume + "` at " + first.path + ", but " + shared->target +
               " has it at " + shared->path,
           "mount it at " + shared->path, looks_below(debugger, first.path) ? Severity::warning : Severity::error}};
}

}  // namespace

const Rule debug_mount_path_differs{
    "debug-mount-path-differs",
    Severity::error,
    Rule::Scope::debugger,
    "debugger and target mount the shared volume at different paths",
    "The tool sends the path of the dump to the target, which writes it in its own file system. With the volume "
    "at another path in the debugger the tools do not find the socket (\"No supported .NET processes were "
    "found\"), and a dump fails with \"Write dump failed - HRESULT: 0x80004005\" or lands where nobody looks.",
    "Mount the volume at the same path as the target.",
    "https://github.com/dotnet/diagnostics/blob/main/documentation/FAQ.md",
    check,
};

}  // namespace dotdiag
