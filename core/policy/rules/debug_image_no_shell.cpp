#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/shell_command.hpp"
#include "core/policy/targets.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const Image image = Image::parse(debugger.image());
  const ShellCommand shell = shell_command(debugger);
  if (shell.program.empty() || is_custom_profile(subject)) return {};
  const bool is_argument = items_member(*debugger.json, "command").empty() && is_dotnet_monitor(debugger);
  if (!image.has_no_shell() && !is_argument) return {};
  const std::string program(shell.program);
  const std::string message =
      is_argument ? named_debugger(debugger) + " passes " + program + " to dotnet-monitor, which does not know it"
                  : named_debugger(debugger) + " starts " + program + ", but " + std::string(debugger.image()) +
                        " has no shell";
  return {{std::string(debugger.name()), shell.at, message, "use an SDK image for a shell"}};
}

}  // namespace

const Rule debug_image_no_shell{
    "debug-image-no-shell",
    Severity::error,
    Rule::Scope::debugger,
    "the debugger starts a shell that its image does not have",
    "Chiseled and distroless images have no shell, and dotnet-monitor's have none from version 8 on. The "
    "container does not start: exec: \"sh\": executable file not found in $PATH. It cannot be repaired: an "
    "ephemeral container can only be followed by another one. An image with an entry point of its own takes args "
    "for that one instead: \"Unrecognized command or argument 'sh'\".",
    "Use an image with a shell, such as mcr.microsoft.com/dotnet/sdk, or run the image's own program.",
    "https://github.com/dotnet/dotnet-docker/blob/main/documentation/distroless.md",
    check,
};

}  // namespace dotdiag
