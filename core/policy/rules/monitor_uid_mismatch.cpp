#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

using Id = std::optional<std::int64_t>;

/// What is wrong with the two, if anything.
struct Verdict {
  std::string message;
  Severity severity = Severity::error;
};

std::string text(const Id& id) {
  return std::to_string(*id);
}

std::optional<Verdict> judge(const Monitor& monitor, const Subject& subject, const ContainerView& target) {
  const Id own = user_of(subject.pod, monitor.container());
  const Id other = run_as_user(subject.pod, *target.json);
  if (!own || !other) return std::nullopt;
  const std::string both =
      monitor.subject() + " runs as user " + text(own) + " and " + named(target) + " as " + text(other);
  if (*own == *other) {
    const Id group = group_of(subject.pod, monitor.container());
    const Id other_group = run_as_group(subject.pod, *target.json);
    if (*own == 0 || !group || !other_group || *group == *other_group) return std::nullopt;
    return Verdict{
        monitor.subject() + " runs in group " + text(group) + " and " + named(target) + " in " + text(other_group),
        Severity::warning};
  }
  if (*other == 0) return Verdict{both + ": it cannot read its dumps", Severity::warning};
  if (monitor.mode() == Monitor::Mode::connect && *own == 0) return std::nullopt;
  return Verdict{both + ": they cannot open each other's sockets"};
}

/// What to write: the application's ids, as far as they are known.
std::string remedy(const PodView& pod, const ContainerView& target) {
  const Id user = run_as_user(pod, *target.json);
  const Id group = run_as_group(pod, *target.json);
  const std::string in_group = group        ? "runAsGroup: " + text(group)
                               : *user == 0 ? "runAsGroup: 0"
                                            : "the same runAsGroup";
  return "set runAsUser: " + text(user) + " and " + in_group;
}

/// Certain where both ids are known, and nothing is said about either in the monitor's own securityContext.
Edits fix(const Monitor& monitor, const Subject& subject, const ContainerView& target) {
  const Id user = run_as_user(subject.pod, *target.json);
  const Id group = run_as_group(subject.pod, *target.json);
  const Pointer context = monitor.container().path / "securityContext";
  const Json* written = member(*monitor.container().json, "securityContext");
  const bool is_free =
      written == nullptr || (member(*written, "runAsUser") == nullptr && member(*written, "runAsGroup") == nullptr);
  if (monitor.debugger() != nullptr || *user == 0 || !group || !is_free) return {};
  Additions additions(subject.pod.document());
  additions.set(context / "runAsUser", *user);
  additions.set(context / "runAsGroup", *group);
  return additions.take();
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    for (const ContainerView& target : watched_by(monitor, subject)) {
      const auto verdict = judge(monitor, subject, target);
      if (!verdict) continue;
      hazards.push_back({std::string(monitor.container().name()), security_at(monitor.container(), "runAsUser"),
                         verdict->message, remedy(subject.pod, target), verdict->severity,
                         fix(monitor, subject, target)});
      break;
    }
  }
  return hazards;
}

}  // namespace

const Rule monitor_uid_mismatch{
    "monitor-uid-mismatch",
    Severity::error,
    Rule::Scope::monitor,
    "monitor and application run as different users",
    "In Listen mode the application connects to a socket that belongs to the monitor's user, and the monitor "
    "reads and deletes dumps that belong to the application's. dotnet-monitor runs as 1654 from version 8 on. "
    "Where the users differ, the application gets \"SocketException (13): Permission denied\"; one that runs as "
    "root still connects, but its dumps cannot be read.",
    "Set runAsUser and runAsGroup of the monitor to the application's, both of them.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/compatibility/8.0/README.md",
    check,
};

}  // namespace dotdiag
