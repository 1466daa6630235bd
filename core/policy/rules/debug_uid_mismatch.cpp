#include "core/policy/monitor.hpp"
#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto target = subject.debugger_target();
  // Monitors are judged by monitor-uid-mismatch: there it also matters who listens.
  if (!target || !subject.ask(monitors_of).empty() || is_privileged(debugger)) return {};
  const auto own = user_of(subject.pod, debugger);
  const ImageFacts* facts = subject.facts_of(*target);
  auto other = run_as_user(subject.pod, *target->json);
  if (!other && facts != nullptr) other = facts->user;
  if (!own || !other || *own == *other || *own == 0) return {};
  return {{std::string(debugger.name()), security_at(debugger, "runAsUser"),
           named_debugger(debugger) + " runs as user " + std::to_string(*own) + ", " + named(*target) + " as " +
               std::to_string(*other) + ": it cannot open its socket",
           "set runAsUser: " + std::to_string(*other)}};
}

}  // namespace

const Rule debug_uid_mismatch{
    "debug-uid-mismatch",
    Severity::error,
    Rule::Scope::debugger,
    "debugger and target run as different users",
    "The runtime's socket has mode 0600: only its own user may connect, and root. Another user gets "
    "\"SocketException (13): Permission denied /tmp/dotnet-diagnostic-...-socket\" or \"Unable to connect to the "
    "server. Permission denied\", and cannot read the dump either.",
    "Set runAsUser and runAsGroup of the debugger to the target's.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
