#include "core/policy/monitor.hpp"
#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto target = subject.debugger_target();
  if (!target || !subject.ask(monitors_of).empty() || is_privileged(debugger)) return {};
  const auto own_user = user_of(subject.pod, debugger);
  const auto other_user = run_as_user(subject.pod, *target->json);
  // What root may do depends on its capabilities.
  if (!own_user || own_user != other_user || *own_user == 0) return {};
  const auto own = group_of(subject.pod, debugger);
  const auto other = run_as_group(subject.pod, *target->json);
  if (!own || !other || *own == *other) return {};
  return {{std::string(debugger.name()), security_at(debugger, "runAsGroup"),
           named_debugger(debugger) + " runs in group " + std::to_string(*own) + ", " + named(*target) + " in " +
               std::to_string(*other) + ": it cannot read its /proc",
           "set runAsGroup: " + std::to_string(*other)}};
}

}  // namespace

const Rule debug_gid_mismatch{
    "debug-gid-mismatch",
    Severity::warning,
    Rule::Scope::debugger,
    "debugger and target run as the same user in different groups",
    "The socket asks for the user alone, but the kernel also compares groups before a process may look at another "
    "one: /proc/<pid>/environ and /proc/<pid>/root answer \"Permission denied\". A user that the image does not "
    "know gets group 0 where runAsGroup is not set.",
    "Set runAsGroup of the debugger to the target's.",
    "https://man7.org/linux/man-pages/man2/ptrace.2.html",
    check,
};

}  // namespace dotdiag
