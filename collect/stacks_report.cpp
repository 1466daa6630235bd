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

ThreadLook look_of(std::uint64_t thread, const Threads& known) {
  const auto found = known.find(thread);
  return found == known.end() ? ThreadLook() : found->second;
}

std::string thread_text(std::uint64_t thread, const Threads& known) {
  const std::string name = look_of(thread, known).name;
  return std::to_string(thread) + (name.empty() ? "" : " (" + printable(name) + ")");
}

/// `, waiting`, `, 2 of them running`; empty where no state is known.
std::string state_text(const StackGroup& group, const Threads& known) {
  std::size_t running = 0, waiting = 0;
  for (const std::uint64_t thread : group.threads) {
    const std::string state = look_of(thread, known).state;
    if (state == "running") ++running;
    if (state == "waiting") ++waiting;
  }
  if (running == 0) return waiting == 0 ? "" : ", waiting";
  return running == group.threads.size() ? ", running" : ", " + grouped(running) + " of them running";
}

std::string heading(const StackGroup& group, const Threads& known) {
  std::string text = group.threads.size() == 1 ? "1 thread" : grouped(group.threads.size()) + " threads";
  text += state_text(group, known) + ": ";
  for (std::size_t i = 0; i < group.threads.size() && i < most_listed; ++i)
    text += (i == 0 ? "" : ", ") + thread_text(group.threads[i], known);
  if (group.threads.size() > most_listed) text += ", ...";
  return text;
}

}  // namespace

Threads threads_of(int pid) {
  Threads threads;
  if (pid <= 0) return threads;
  std::error_code ignored;
  const std::string tasks = "/proc/" + std::to_string(pid) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks, ignored)) {
    const auto status =
        diagnostics::parse_status(diagnostics::read_proc_file(task.path().string() + "/status").value_or(""));
    if (status.inner_pid > 0)
      threads[static_cast<std::uint64_t>(status.inner_pid)] = {status.name,
                                                               status.state == 'R' ? "running" : "waiting"};
  }
  return threads;
}

void print_stacks(const std::vector<StackGroup>& groups, const Threads& known, std::ostream& out) {
  bool first = true;
  for (const StackGroup& group : groups) {
    out << (first ? "" : "\n") << heading(group, known) << '\n';
    first = false;
    if (group.frames.empty()) out << "    (no managed frame)\n";
    for (const std::string& frame : group.frames)
      out << "    " << printable(frame) << '\n';
  }
}

std::string stacks_json(const std::vector<StackGroup>& groups, const Threads& known) {
  std::vector<std::string> items;
  for (const StackGroup& group : groups) {
    std::vector<std::string> threads;
    for (const std::uint64_t thread : group.threads) {
      const ThreadLook look = look_of(thread, known);
      threads.push_back(JsonObject().number("id", thread).text("name", look.name).text("state", look.state).str());
    }
    items.push_back(JsonObject().raw("threads", json_list(threads)).raw("frames", json_texts(group.frames)).str());
  }
  return json_list(items);
}

}  // namespace dotdiag::collect
