#include "core/policy/monitor.hpp"
#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// True where target and debugger meet in the volume: the target's socket is there, or a policy wants it so.
bool is_shared(const Subject& subject, const ContainerView& target, std::string_view volume) {
  const auto& volumes = subject.evaluation.volumes;
  const auto directory = socket_directory(target);
  const auto place = directory ? place_of(subject.pod, target, *directory) : std::nullopt;
  return (place && place->volume == volume) ||
         std::any_of(volumes.begin(), volumes.end(),
                     [&](const SharedVolume& one) { return one.container == target.name() && one.volume == volume; });
}

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto target = subject.debugger_target();
  if (!target || goes_through_proc(debugger)) return {};
  const auto& monitors = subject.ask(monitors_of);
  const bool makes_socket = !monitors.empty() && monitors.front().mode() == Monitor::Mode::listen;
  std::vector<Hazard> hazards;
  std::size_t index = 0;
  for (const Json& mount : items_member(*debugger.json, "volumeMounts")) {
    const Pointer at = debugger.path / "volumeMounts" / index++;
    const std::string volume(text_member(mount, "name"));
    if (!is_true(member(mount, "readOnly")) || !is_shared(subject, *target, volume)) continue;
    hazards.push_back({std::string(debugger.name()), at / "readOnly",
                       named_debugger(debugger) + " cannot write to `" + volume + "`" +
                           (makes_socket ? ", where its socket is to be" : ": traces and tools have no place there"),
                       "remove readOnly", makes_socket ? Severity::error : Severity::warning});
  }
  return hazards;
}

}  // namespace

const Rule debug_mount_read_only{
    "debug-mount-read-only",
    Severity::error,
    Rule::Scope::debugger,
    "the debugger mounts a shared volume read-only",
    "dotnet-monitor creates its socket in the shared volume, and cannot where it is mounted read-only: it ends "
    "with \"Read-only file system\". Other tools connect all the same and the target writes the dump, but traces, "
    "gcdumps and what the tools keep cannot be written there.",
    "Remove readOnly from the mount.",
    "https://kubernetes.io/docs/concepts/storage/volumes/",
    check,
};

}  // namespace dotdiag
