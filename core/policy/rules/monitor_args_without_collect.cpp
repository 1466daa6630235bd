#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/shell_command.hpp"

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

constexpr int first_with_args = 7;  // before, `collect` was part of the entry point

constexpr std::array<std::string_view, 7> commands = {"collect", "config", "generatekey", "--help",
                                                      "-h",      "-?",     "--version"};

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    if (monitor.has_other_command() || !monitor.has_known_image() || monitor.is_before(first_with_args)) continue;
    if (monitor.words().empty()) continue;
    const Monitor::Word& first = monitor.words().front();
    const bool is_command = std::find(commands.begin(), commands.end(), first.text) != commands.end();
    // A shell is debug-image-no-shell's affair.
    if (is_command || first.text.empty() || (monitor.debugger() != nullptr && is_shell(first.text))) continue;
    Hazard hazard{std::string(monitor.container().name()), first.at,
                  "the args of " + monitor.subject() + " begin with " + first.text + ": it ends without a command",
                  "begin them with collect"};
    if (monitor.debugger() == nullptr && first.at.parent().back() == "args") {
      Json args = *member(*monitor.container().json, "args");
      args.insert(args.begin(), "collect");
      hazard.fix = {replaced(first.at.parent(), std::move(args))};
    }
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule monitor_args_without_collect{
    "monitor-args-without-collect",
    Severity::error,
    Rule::Scope::monitor,
    "the monitor's args do not say what it is to do",
    "From version 7 on the image's own arguments, which begin with collect, are replaced as a whole by args. "
    "Without a command dotnet-monitor prints \"Required command was not provided.\" and its help, and ends: the "
    "container is in CrashLoopBackOff, or the debugger is gone at once.",
    "Begin args with collect.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/kubernetes.md",
    check,
};

}  // namespace dotdiag
