#include "core/diagnostics/dump/abandoned_writer.hpp"

#include "core/diagnostics/proc.hpp"

#include <signal.h>

#include <algorithm>

namespace dotdiag::diagnostics {

bool has_ended(int pid) {
  const auto status = read_proc_file("/proc/" + std::to_string(pid) + "/status");
  return !status || status->empty() || parse_status(*status).state == 'Z';
}

void end_writers_of(const std::string& their_path) {
  for (const int pid : pids_in("/proc")) {
    const auto words = split_at_zeros(read_proc_file("/proc/" + std::to_string(pid) + "/cmdline").value_or(""));
    const bool is_createdump = !words.empty() && words[0].ends_with("createdump");
    if (is_createdump && std::find(words.begin(), words.end(), their_path) != words.end()) ::kill(pid, SIGKILL);
  }
}

}  // namespace dotdiag::diagnostics
