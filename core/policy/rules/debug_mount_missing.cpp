#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/socket_mount.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto shared = socket_mount(subject);
  if (!shared || !mounts_of(debugger, shared->volume).empty()) return {};
  // Tool boxes are for files and networks: nobody means to run .NET tools there.
  if (Image::parse(debugger.image()).is_tool_box()) return {};
  const auto list = member(*debugger.json, "volumeMounts");
  return {{std::string(debugger.name()), list == nullptr ? debugger.path : debugger.path / "volumeMounts",
           named_debugger(debugger) + " does not mount `" + shared->volume + "`, where the socket of " +
               shared->target + " is",
           "mount `" + shared->volume + "` at " + shared->path}};
}

}  // namespace

const Rule debug_mount_missing{
    "debug-mount-missing",
    Severity::error,
    Rule::Scope::debugger,
    "the debugger does not mount the volume with the target's socket",
    "The diagnostic tools find a process by its socket in $TMPDIR (/tmp). A debugger that does not share that "
    "directory finds none: \"No supported .NET processes were found\", or \"Process 7 not running compatible .NET "
    "runtime\".",
    "Mount the volume at the path where the target has it, or set TMPDIR=/proc/1/root/tmp with "
    "targetContainerName.",
    "https://github.com/dotnet/diagnostics/blob/main/documentation/FAQ.md",
    check,
};

}  // namespace dotdiag
