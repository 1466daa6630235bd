#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/used_volumes.hpp"
#include "core/policy/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

std::vector<std::string> socket_owners(const UsedVolume& used) {
  std::vector<std::string> owners;
  for (const VolumeUser& user : used.users) {
    if (user.has_sockets) owners.push_back(named(user.container));
  }
  return owners;
}

/// True where the process namespace is missing, and the policy adds it.
bool will_be_shared(const Subject& subject) {
  const Pointer field = subject.pod.spec_path() / "shareProcessNamespace";
  const auto& unmet = subject.evaluation.unmet;
  return std::any_of(unmet.begin(), unmet.end(), [&](const Unmet& one) {
    return std::any_of(one.edits.begin(), one.edits.end(), [&](const Edit& edit) { return edit.path == field; });
  });
}

std::vector<Hazard> check(const Subject& subject) {
  if (sees_all_processes(subject.pod) || will_be_shared(subject)) return {};
  std::vector<Hazard> hazards;
  for (const UsedVolume& used : subject.ask(used_volumes)) {
    const auto owners = socket_owners(used);
    if (owners.size() < 2) continue;
    const std::string others = owners.size() > 2 ? " and others" : "";
    hazards.push_back(
        {std::string(used.users.front().container.name()), used.at,
         owners[0] + ", " + owners[1] + others + " are all process 1, with sockets in `" + used.name() + "`",
         "set shareProcessNamespace: true"});
  }
  return hazards;
}

}  // namespace

const Rule shared_tmp_without_shared_pid{
    "shared-tmp-without-shared-pid",
    Severity::warning,
    Rule::Scope::pod,
    "several containers that are all process 1 share the directory of their sockets",
    "In process namespaces of their own all applications are process 1, so their sockets in one volume differ only by "
    "their start time. A tool that is asked for process 1 takes the newest, which may be the wrong application.",
    "Share the process namespace, or give each container a volume of its own.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
