#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

/// The commands that a container has the kubelet run, and its own.
constexpr std::array<std::string_view, 7> command_paths = {
    "/command",
    "/args",
    "/livenessProbe/exec/command",
    "/readinessProbe/exec/command",
    "/startupProbe/exec/command",
    "/lifecycle/preStop/exec/command",
    "/lifecycle/postStart/exec/command",
};

bool is_word(char character) {
  return character != ' ' && character != ';' && character != '&' && character != '|' && character != '"';
}

/// `-9`, `-s`, and the `QUIT` behind it.
bool is_option(std::string_view word) {
  return !word.empty() && (word.front() == '-' || std::all_of(word.begin(), word.end(), [](char letter) {
                             return letter >= 'A' && letter <= 'Z';
                           }));
}

/// More than people write; with a limit, a long text of nothing but options takes no longer than another.
constexpr int most_options = 4;

/// True where `text` has `head`, a few options, and then the word `1`.
bool names_process_one(std::string_view text, std::string_view head) {
  for (auto at = text.find(head); at != std::string_view::npos; at = text.find(head, at + 1)) {
    const bool begins = at == 0 || !is_word(text[at - 1]) || text[at - 1] == '/';
    std::string_view rest = text.substr(at + head.size());
    for (int options = 0; begins && options <= most_options && !rest.empty() && rest.front() == ' '; ++options) {
      rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
      const auto end = static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_word) - rest.begin());
      const auto word = rest.substr(0, end);
      if (word == "1") return true;
      if (!is_option(word)) break;
      rest.remove_prefix(end);
    }
  }
  return false;
}

bool assumes_process_one(std::string_view text) {
  return text.find("/proc/1/") != std::string_view::npos || names_process_one(text, "kill") ||
         names_process_one(text, "-p") || names_process_one(text, "--process-id") ||
         text.find("pid=1&") != std::string_view::npos;
}

/// The words of a command as one text.
std::string command_text(const Json& words) {
  std::string text;
  if (!words.is_array()) return text;
  for (const Json& word : words) {
    if (word.is_string()) text += (text.empty() ? "" : " ") + word.get_ref<const std::string&>();
  }
  return text;
}

std::vector<Hazard> check(const Subject& subject) {
  const Json* shared = member(subject.pod.spec(), "shareProcessNamespace");
  if (shared == nullptr || *shared != true) return {};
  std::vector<Hazard> hazards;
  for (const ContainerView& container : subject.pod.containers()) {
    for (const auto path : command_paths) {
      const Pointer pointer = Pointer::parse(path);
      const Json* words = value_at(*container.json, pointer);
      if (words == nullptr || !assumes_process_one(command_text(*words))) continue;
      hazards.push_back({std::string(container.name()), container.path / pointer,
                         named(container) + " takes process 1 for its own, but that is the pod's pause",
                         "find the process by name"});
      break;
    }
  }
  return hazards;
}

}  // namespace

const Rule pid1_assumed{
    "pid1-assumed",
    Severity::warning,
    "a command means the application by process 1",
    "With shareProcessNamespace process 1 is the pause container. `kill 1` signals that one, /proc/1 shows that one, "
    "and "
    "dotnet-dump answers \"Process 1 is not running\" or finds no .NET runtime in it.",
    "Find the process by its name, for example with pidof or pgrep.",
    "https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/",
    check,
};

}  // namespace dotdiag
