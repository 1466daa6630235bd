// The table of contents of this folder: one rule a file.
#pragma once

#include "core/policy/rule.hpp"

namespace dotdiag {

extern const Rule default_port_suspend;
extern const Rule emptydir_memory_medium;
extern const Rule emptydir_sizelimit_below_memory;
extern const Rule env_from_wins;
extern const Rule env_misspelled_diagnostics;
extern const Rule ephemeral_storage_limit_too_small;
extern const Rule liveness_kills_during_dump;
extern const Rule monitor_sidecar_present;
extern const Rule pid1_assumed;
extern const Rule ptrace_cap_ineffective_nonroot;
extern const Rule shared_tmp_without_shared_pid;

}  // namespace dotdiag
