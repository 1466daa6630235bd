#include "collect/stacks_report.hpp"

#include "collect/json_object.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/proc.hpp"

#include <filesystem>
#include <ostream>

namespace dotdiag::collect {

using diagnostics::StackGroup;

namespace {

/// More than this many threads of one group are counted, not listed.
constexpr std::size_t most_listed = 8;

std::string thread_text(std::uint64_t thread, const ThreadNames& names) {
  const auto name = names.find(thread);
  return std::to_string(thread) + (name == names.end() ? "" : " (" + printable(name->second) + ")");
}

std::string heading(const StackGroup& group, const ThreadNames& names) {
  std::string text = group.threads.size() == 1 ? "1 thread: " : grouped(group.threads.size()) + " threads: ";
  for (std::size_t i = 0; i < group.threads.size() && i < most_listed; ++i)
    text += (i == 0 ? "" : ", ") + thread_text(group.threads[i], names);
  if (group.threads.size() > most_listed) text += ", ...";
  return text;
}

}  // namespace

ThreadNames thread_names(int pid) {
  ThreadNames names;
  if (pid <= 0) return names;
  std::error_code ignored;
  const std::string tasks = "/proc/" + std::to_string(pid) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks, ignored)) {
    const auto status =
        diagnostics::parse_status(diagnostics::read_proc_file(task.path().string() + "/status").value_or(""));
    if (status.inner_pid > 0) names[static_cast<std::uint64_t>(status.inner_pid)] = status.name;
  }
  return names;
}

void print_stacks(const std::vector<StackGroup>& groups, const ThreadNames& names, std::ostream& out) {
  bool first = true;
  for (const StackGroup& group : groups) {
    out << (first ? "" : "\n") << heading(group, names) << '\n';
    first = false;
    if (group.frames.empty()) out << "    (no managed frame)\n";
    for (const std::string& frame : group.frames)
      out << "    " << printable(frame) << '\n';
  }
}

std::string stacks_json(const std::vector<StackGroup>& groups, const ThreadNames& names) {
  std::vector<std::string> items;
  for (const StackGroup& group : groups) {
    std::vector<std::string> threads;
    for (const std::uint64_t thread : group.threads) {
      const auto name = names.find(thread);
      threads.push_back(JsonObject().number("id", thread).text("name", name == names.end() ? "" : name->second).str());
    }
    items.push_back(JsonObject().raw("threads", json_list(threads)).raw("frames", json_texts(group.frames)).str());
  }
  return json_list(items);
}

}  // namespace dotdiag::collect
