#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr int first_with_shared_path = 7;

/// The paths that monitor and application have to share, by the settings that name them.
std::vector<MonitorSetting> shared_paths(const Monitor& monitor) {
  std::vector<MonitorSetting> paths;
  for (const char* name : {"Storage__DefaultSharedPath", "Storage__DumpTempFolder"})
    paths.push_back(monitor.setting(name));
  if (monitor.mode() == Monitor::Mode::listen) {
    paths.push_back(monitor.endpoint());
    paths.back().value = parent_directory(paths.back().value);
  }
  return paths;
}

bool is_below(const std::string& path, const std::string& other) {
  return (path + "/").substr(0, other.size() + 1) == other + "/";
}

/// True where the mount of one of them lets it only read.
bool is_read_only_at(const PodView& pod, const ContainerView& container, const std::string& path) {
  const auto mount = mount_at(pod, *container.json, path);
  return mount && is_read_only(*mount);
}

struct Fault {
  std::string message;
  std::string remedy;
};

/// Why the path does not do for both; nothing where it does for one of the targets at least.
std::optional<Fault> fault(const Monitor& monitor, const Subject& subject, const std::vector<ContainerView>& watched,
                           const std::string& path) {
  std::optional<Fault> found;
  for (const ContainerView& target : watched) {
    if (!have_in_common(subject.pod, monitor.container(), target, path)) {
      found = {monitor.subject() + " uses " + path + ", which is not the same volume in " + named(target),
               "mount one volume at " + path + " in both"};
      continue;
    }
    // Of a debugger's own mounts debug-mount-read-only speaks.
    const bool is_own = monitor.debugger() == nullptr && is_read_only_at(subject.pod, monitor.container(), path);
    if (!is_own && !is_read_only_at(subject.pod, target, path)) return std::nullopt;
    found = {(is_own ? monitor.subject() : named(target)) + " can only read " + path + ", where the other one writes",
             "mount a volume there that both can write to"};
  }
  return found;
}

/// The requirement that asks for a volume at `path` in the container, where it is unmet.
std::string unmet_volume(const Subject& subject, const ContainerView& container, const std::string& path) {
  if (subject.debugger != nullptr) return {};
  const auto& volumes = subject.evaluation.volumes;
  const auto asked = std::find_if(volumes.begin(), volumes.end(), [&](const SharedVolume& volume) {
    return volume.container == container.name() && is_below(path, volume.directory);
  });
  if (asked == volumes.end()) return {};
  const auto& unmet = subject.evaluation.unmet;
  const bool is_unmet = std::any_of(unmet.begin(), unmet.end(), [&](const Unmet& one) {
    return one.requirement == asked->requirement && one.container == container.name();
  });
  return is_unmet ? asked->requirement : "";
}

/// A monitor that listens, with nothing said about where dumps go: they go to the application's own /tmp.
std::optional<Hazard> without_path(const Monitor& monitor, const Subject& subject,
                                   const std::vector<ContainerView>& watched) {
  const auto is_set = [&](const char* name) { return !monitor.setting(name).is_absent(); };
  const MonitorSetting endpoint = monitor.endpoint();
  if (is_set("Storage__DumpTempFolder") || is_set("Storage__DefaultSharedPath")) return std::nullopt;
  if (monitor.mode() != Monitor::Mode::listen || !endpoint.is_known()) return std::nullopt;
  const std::string directory = parent_directory(normal_path(endpoint.value));
  const bool has_default = !monitor.is_before(first_with_shared_path);
  const std::string name = has_default ? "Storage__DefaultSharedPath" : "Storage__DumpTempFolder";
  for (const ContainerView& target : watched) {
    if (have_in_common(subject.pod, monitor.container(), target, "/tmp")) return std::nullopt;
  }
  Hazard hazard{std::string(monitor.container().name()), monitor.container().path,
                monitor.subject() + " has no directory for dumps that it shares with " + named_targets(watched),
                "set DOTNETMONITOR_" + name + "=" + directory,
                // A monitor in the pod may be there for its metrics alone.
                monitor.debugger() != nullptr ? Severity::warning : Severity::note};
  if (monitor.debugger() == nullptr) {
    Additions additions(subject.pod.document());
    add_variable(monitor, name, directory, additions);
    hazard.fix = additions.take();
  }
  return hazard;
}

void judge(const Monitor& monitor, const Subject& subject, std::vector<Hazard>& hazards) {
  const auto watched = watched_by(monitor, subject);
  if (watched.empty() || mounts_unknown_volume(subject.pod, monitor.container())) return;
  std::vector<std::string> told;
  for (const MonitorSetting& setting : shared_paths(monitor)) {
    const std::string path = normal_path(setting.value);
    const bool is_told =
        std::any_of(told.begin(), told.end(), [&](const auto& other) { return is_below(path, other); });
    if (!setting.is_known() || path.empty() || path.front() != '/' || is_told) continue;
    const auto found = fault(monitor, subject, watched, path);
    if (!found) continue;
    told.push_back(path);
    hazards.push_back({std::string(monitor.container().name()),
                       setting.at,
                       found->message,
                       found->remedy,
                       std::nullopt,
                       {},
                       unmet_volume(subject, watched.front(), path)});
  }
  if (!told.empty()) return;
  if (auto hazard = without_path(monitor, subject, watched)) hazards.push_back(*std::move(hazard));
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of))
    judge(monitor, subject, hazards);
  return hazards;
}

}  // namespace

const Rule monitor_shared_path_mismatch{
    "monitor-shared-path-mismatch",
    Severity::error,
    Rule::Scope::monitor,
    "monitor and application do not share the directory for dumps",
    "A dump is written by the application and read by the monitor, at one and the same path. Where that is not "
    "the same volume for both, /dump fails with System.IO.FileNotFoundException; and a socket that the "
    "application cannot see is never connected to.",
    "Mount one volume at the same path in both containers, and set DOTNETMONITOR_Storage__DefaultSharedPath to "
    "that path.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/configuration/storage-configuration.md",
    check,
};

}  // namespace dotdiag
