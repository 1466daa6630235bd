#include "core/policy/monitor.hpp"
#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

/// True where the pod keeps the container from running as root at all: debug-runasnonroot-conflict says so.
bool is_kept_from_root(const Subject& subject) {
  return is_true(security_field(subject.pod, *subject.debugger->json, "runAsNonRoot"));
}

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto target = subject.debugger_target();
  const auto user = user_of(subject.pod, debugger);
  if (!target || !user || *user != 0 || !drops_all(debugger) || is_kept_from_root(subject)) return {};
  if (adds_capability(*debugger.json, "DAC_OVERRIDE") || is_privileged(debugger) || !subject.ask(monitors_of).empty())
    return {};
  const auto other = run_as_user(subject.pod, *target->json);
  if (other && *other == 0) return {};
  const std::string effect =
      other ? "cannot open the socket of " + named(*target) + " (user " + std::to_string(*other) + ")"
            : "opens the socket of " + named(*target) + " only if that is root too";
  return {{std::string(debugger.name()), debugger.path / "securityContext" / "capabilities" / "drop",
           named_debugger(debugger) + " is root without DAC_OVERRIDE and " + effect,
           other ? "set runAsUser: " + std::to_string(*other) : "set runAsUser to the target's user",
           other ? Severity::warning : Severity::note}};
}

}  // namespace

const Rule drop_all_with_root_tool{
    "drop-all-with-root-tool",
    Severity::warning,
    Rule::Scope::debugger,
    "a debugger that runs as root drops the capability to open the target's socket",
    "The runtime's socket is open to its own user only (mode 0600). Root opens it by the capability DAC_OVERRIDE; "
    "with drop: [ALL] that is gone, and the tools fail with \"SocketException (13): Permission denied "
    "/tmp/dotnet-diagnostic-...-socket\".",
    "Run the debugger as the target's user (runAsUser, runAsGroup), or do not drop ALL.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
