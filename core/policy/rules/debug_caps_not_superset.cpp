#include "core/policy/monitor.hpp"
#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

/// `CAP_SYS_PTRACE` is `SYS_PTRACE`.
std::string_view plain(std::string_view capability) {
  return capability.substr(capability.substr(0, 4) == "CAP_" ? 4 : 0);
}

/// A capability that the target adds and the debugger does not; empty where there is none.
std::string missing_capability(const ContainerView& target, const ContainerView& debugger) {
  if (is_privileged(target)) return "SYS_PTRACE";
  for (const Json& added : capabilities(target, "add")) {
    const auto* name = added.get_ptr<const Json::string_t*>();
    if (name == nullptr) continue;
    const bool is_all = *name == "ALL";
    if (is_all || !adds_capability(*debugger.json, plain(*name)))
      return is_all ? "SYS_PTRACE" : std::string(plain(*name));
  }
  return {};
}

/// A monitor that listens is called by the runtime: it need not look at it.
bool is_called(const Subject& subject) {
  const auto& monitors = subject.ask(monitors_of);
  return !monitors.empty() && monitors.front().mode() != Monitor::Mode::connect;
}

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto target = subject.debugger_target();
  if (!target || is_not_root(subject.pod, *target) || is_called(subject)) return {};
  if (is_privileged(debugger) || adds_capability(*debugger.json, "SYS_PTRACE")) return {};
  // A profile of kubectl adds some where the file says nothing.
  if (is_custom_profile(subject) && capabilities(debugger, "add").empty()) return {};
  const std::string missing = missing_capability(*target, debugger);
  if (missing.empty()) return {};
  const bool is_root = run_as_user(subject.pod, *target->json).has_value();
  return {{std::string(debugger.name()), security_at(debugger, "capabilities"),
           named(*target) + (is_root ? " holds " : " holds (if it runs as root) ") + missing + " and " +
               named_debugger(debugger) + " does not: it cannot read its /proc",
           "add " + missing + " to capabilities.add", is_root ? Severity::warning : Severity::note}};
}

}  // namespace

const Rule debug_caps_not_superset{
    "debug-caps-not-superset",
    Severity::warning,
    Rule::Scope::debugger,
    "the target has capabilities that the debugger lacks",
    "The kernel lets a process look at another one (/proc/<pid>/environ, /proc/<pid>/root, ptrace) only if it "
    "holds all of the other one's capabilities, or SYS_PTRACE. So a target that runs as root with SYS_PTRACE is "
    "closed to a debugger without it: \"Permission denied\", even for root.",
    "Add the same capabilities to the debugger; SYS_PTRACE alone will do.",
    "https://man7.org/linux/man-pages/man2/ptrace.2.html",
    check,
};

}  // namespace dotdiag
