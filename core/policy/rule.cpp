#include "core/policy/rule.hpp"

#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {

std::vector<ContainerView> Subject::targets() const {
  std::vector<ContainerView> views;
  for (const Pointer& path : evaluation.targets)
    views.push_back({path, value_at(pod.document(), path)});
  return views;
}

const std::vector<const Rule*>& rules() {
  static const std::vector<const Rule*> all = {
      &default_port_suspend,
      &emptydir_memory_medium,
      &emptydir_sizelimit_below_memory,
      &env_from_wins,
      &env_misspelled_diagnostics,
      &ephemeral_storage_limit_too_small,
      &liveness_kills_during_dump,
      &monitor_sidecar_present,
      &pid1_assumed,
      &ptrace_cap_ineffective_nonroot,
      &shared_tmp_without_shared_pid,
  };
  return all;
}

std::vector<Fired> check_rules(const Subject& subject) {
  std::vector<Fired> fired;
  for (const Rule* rule : rules()) {
    for (Hazard& hazard : rule->check(subject))
      fired.push_back({rule, std::move(hazard)});
  }
  std::stable_sort(fired.begin(), fired.end(),
                   [](const Fired& left, const Fired& right) { return left.rule->severity > right.rule->severity; });
  return fired;
}

}  // namespace dotdiag
