#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/socket_mount.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// True where the debugger has the volume where the target has it. Of one that has not, other rules speak.
bool has_mount(const Debugger& debugger, const SocketMount& shared) {
  const auto mounts = mounts_of(debugger, shared.volume);
  return std::any_of(mounts.begin(), mounts.end(), [&](const OwnMount& mount) { return mount.path == shared.path; });
}

/// The variable that leads the tools away; where there is none, the container.
Pointer place(const Debugger& debugger) {
  const EnvValue value = env_value(*debugger.json, "TMPDIR");
  return value.is_absent() ? debugger.path : debugger.path / "env" / value.index;
}

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto shared = socket_mount(subject);
  if (!shared || !has_mount(debugger, *shared) || Image::parse(debugger.image()).is_tool_box()) return {};
  const auto directory = socket_directory(*subject.debugger_target());
  const auto looked_in = socket_directory(debugger);
  if (!looked_in || looked_in == directory) return {};
  return {{std::string(debugger.name()), place(debugger),
           "tools in " + named_debugger(debugger) + " look for sockets in " + *looked_in + ", and " + shared->target +
               " has its own in " + *directory,
           "set TMPDIR=" + *directory}};
}

}  // namespace

const Rule debug_tmpdir_differs{
    "debug-tmpdir-differs",
    Severity::warning,
    Rule::Scope::debugger,
    "the debugger's TMPDIR is not the target's",
    "The diagnostic tools look for sockets in their own $TMPDIR, /tmp without one. From 10.0.7 on they read the "
    "target's TMPDIR from /proc first, where the kernel lets them; older ones, and those of another user, answer "
    "\"No supported .NET processes were found\", or \"Unable to connect to Process 7. Please verify that /tmp/ is "
    "writable by the current user. If the target process has environment variable TMPDIR set, please set TMPDIR to the "
    "same directory\".",
    "Give the debugger the target's TMPDIR.",
    "https://github.com/dotnet/diagnostics/issues/5694",
    check,
};

}  // namespace dotdiag
