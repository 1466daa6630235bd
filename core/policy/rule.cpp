#include "core/policy/rule.hpp"

#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

bool is_judged(Rule::Scope scope, bool is_debugger) {
  if (scope == Rule::Scope::pod) return !is_debugger;
  return scope != Rule::Scope::debugger || is_debugger;
}

std::vector<ContainerView> targets_of(const Subject& subject) {
  std::vector<ContainerView> views;
  views.reserve(subject.evaluation.targets.size());
  for (const Pointer& path : subject.evaluation.targets)
    views.push_back({path, value_at(subject.pod.document(), path)});
  return views;
}

}  // namespace

bool is_safe(const Edits& fix) {
  return std::all_of(fix.begin(), fix.end(), [](const Edit& edit) { return edit.operation == Operation::add; });
}

const std::vector<ContainerView>& Subject::targets() const {
  return ask(targets_of);
}

const ImageFacts* Subject::facts_of(const ContainerView& container) const {
  if (images == nullptr) return nullptr;
  const auto known = images->find(container.image());
  return known == images->end() ? nullptr : &known->second;
}

std::optional<ContainerView> Subject::debugger_target() const {
  if (debugger != nullptr) {
    if (const auto named = pod.container(text_member(*debugger->json, "targetContainerName"))) return named;
  }
  const auto& views = targets();
  return views.empty() ? std::nullopt : std::optional(views.front());
}

std::string Subject::unmet(const ContainerView& container, std::string_view kind) const {
  for (const Unmet& one : evaluation.unmet) {
    const auto policy = std::find_if(policies.begin(), policies.end(),
                                     [&](const Policy* candidate) { return candidate->name == one.policy; });
    if (policy == policies.end() || (one.container != container.name() && !one.container.empty())) continue;
    const Requirement* requirement = (*policy)->find(one.requirement);
    if (requirement != nullptr && requirement->kind == kind) return one.requirement;
  }
  return {};
}

const std::vector<const Rule*>& rules() {
  static const std::vector<const Rule*> all = {
      &crash_dump_config_invalid,
      &crash_dump_path_not_shared,
      &createdump_maybe_missing,
      &debug_caps_not_superset,
      &debug_gid_mismatch,
      &debug_image_eol,
      &debug_image_floating,
      &debug_image_libc_mismatch,
      &debug_image_nightly,
      &debug_image_no_shell,
      &debug_mount_missing,
      &debug_mount_path_differs,
      &debug_mount_read_only,
      &debug_runasnonroot_conflict,
      &debug_tmpdir_differs,
      &debug_uid_mismatch,
      &default_port_suspend,
      &diagnostic_port_bad_syntax,
      &diagnostic_port_needs_net5,
      &diagnostic_port_not_shared,
      &diagnostic_port_suspends,
      &diagnostic_socket_path_too_long,
      &diagnostics_disabled,
      &diagnostics_disabled_by_image,
      &diagnostics_ipc_disabled,
      &drop_all_with_root_tool,
      &ec_custom_profile_forbidden,
      &ec_forbidden_field,
      &ec_in_template,
      &ec_name_collision,
      &ec_stdin_tty,
      &ec_subpath,
      &ec_target_missing,
      &ec_volume_not_in_pod,
      &emptydir_memory_medium,
      &emptydir_no_sizelimit,
      &emptydir_sizelimit_below_memory,
      &env_dotnet_prefix_old_runtime,
      &env_duplicate_name,
      &env_enable_diagnostics_not_numeric,
      &env_from_wins,
      &env_misspelled_diagnostics,
      &env_prefix_conflict,
      &env_value_not_string,
      &env_wrong_case,
      &ephemeral_storage_limit_too_small,
      &field_wrong_type,
      &k8s_too_old,
      &knative_refuses,
      &liveness_kills_during_dump,
      &memory_limit_tight_for_dump,
      &monitor_args_without_collect,
      &monitor_connect_needs_shared_pid,
      &monitor_default_process_pid1,
      &monitor_https_no_cert,
      &monitor_in_process_needs_listen,
      &monitor_listen_no_endpoint,
      &monitor_mode_mismatch,
      &monitor_multiple_targets,
      &monitor_no_auth_exposed,
      &monitor_recommended_limits,
      &monitor_shared_path_mismatch,
      &monitor_sidecar_present,
      &monitor_uid_mismatch,
      &no_new_privs_file_caps,
      &pid1_assumed,
      &pid1_dependent_image,
      &platform_fargate_caps,
      &platform_openshift_scc,
      &ptrace_cap_cap_prefix,
      &ptrace_cap_ineffective_nonroot,
      &ptrace_cap_unneeded,
      &readonly_rootfs_no_tmp,
      &seccomp_localhost_unknown,
      &share_pid_conflict,
      &shared_tmp_without_shared_pid,
      &static_pod,
      &sys_ptrace_violates_pss,
      &tmp_mount_read_only,
      &tmp_mount_subpath,
      &tmp_volume_shared_across_pods,
      &tmpdir_not_created,
      &tmpdir_not_shared,
      &tmpdir_set_by_image,
      &tmpdir_value_from,
      &uid_unknown,
      &windows_pod,
  };
  return all;
}

const Rule* find_rule(std::string_view id) {
  const auto found = std::find_if(rules().begin(), rules().end(), [&](const Rule* rule) { return rule->id == id; });
  return found == rules().end() ? nullptr : *found;
}

std::vector<Fired> check_rules(const Subject& subject) {
  std::vector<Fired> fired;
  for (const Rule* rule : rules()) {
    if (!is_judged(rule->scope, subject.debugger != nullptr)) continue;
    for (Hazard& hazard : rule->check(subject))
      fired.push_back({rule, std::move(hazard)});
  }
  std::stable_sort(fired.begin(), fired.end(),
                   [](const Fired& left, const Fired& right) { return left.severity() > right.severity(); });
  return fired;
}

}  // namespace dotdiag
