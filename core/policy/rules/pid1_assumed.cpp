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
  return std::string_view(" \t\n;&|\"'`()").find(character) == std::string_view::npos;
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

/// True where `text` asks dotnet-monitor for process 1: `/dump?pid=1`.
bool asks_for_process_one(std::string_view text) {
  for (const std::string_view query : {"?pid=1", "&pid=1"}) {
    for (auto at = text.find(query); at != std::string_view::npos; at = text.find(query, at + 1)) {
      const auto behind = text.substr(at + query.size());
      if (behind.empty() || behind.front() < '0' || behind.front() > '9') return true;
    }
  }
  return false;
}

bool assumes_process_one(std::string_view text) {
  // `-p 1` means many things to other programs.
  const bool is_dotnet_tool = text.find("dotnet-") != std::string_view::npos;
  return text.find("/proc/1/") != std::string_view::npos || names_process_one(text, "kill") ||
         (is_dotnet_tool && (names_process_one(text, "-p") || names_process_one(text, "--process-id"))) ||
         asks_for_process_one(text);
}

/// Where in the command at `path` process 1 is meant: the word that says so, else all of them together.
std::optional<Pointer> place(const Json& words, const Pointer& path) {
  if (!words.is_array()) return std::nullopt;
  std::string command;
  std::size_t index = 0;
  for (const Json& word : words) {
    if (word.is_string()) {
      const auto& text = word.get_ref<const std::string&>();
      if (assumes_process_one(text)) return path / index;
      command += (command.empty() ? "" : " ") + text;
    }
    ++index;
  }
  return assumes_process_one(command) ? std::optional(path) : std::nullopt;
}

std::optional<Pointer> place_in(const ContainerView& container) {
  for (const auto path : command_paths) {
    const Pointer pointer = Pointer::parse(path);
    const Json* words = value_at(*container.json, pointer);
    if (words == nullptr) continue;
    if (auto found = place(*words, container.path / pointer)) return found;
  }
  return std::nullopt;
}

Hazard hazard_of(const Subject& subject, const ContainerView& container, const Pointer& at) {
  const std::string text = value_at(subject.pod.document(), at)->dump(-1, ' ', false, Json::error_handler_t::replace);
  const bool writes_log = text.find("/proc/1/fd") != std::string::npos;
  Hazard hazard{std::string(container.name()), at,
                named(container) + " takes process 1 for its own, but that is the pod's pause",
                writes_log ? "write to standard output" : "find the process by name"};
  hazard.instead_of = subject.unmet(container, "process-namespace");
  hazard.rules_out = !hazard.instead_of.empty();
  if (hazard.rules_out) hazard.message += " once processes are shared";
  return hazard;
}

std::vector<Hazard> check(const Subject& subject) {
  if (!shares_processes(subject.pod)) return {};
  std::vector<Hazard> hazards;
  for (const auto* containers : {&subject.pod.containers(), &subject.pod.native_sidecars()}) {
    for (const ContainerView& container : *containers) {
      if (const auto at = place_in(container)) hazards.push_back(hazard_of(subject, container, *at));
    }
  }
  return hazards;
}

}  // namespace

const Rule pid1_assumed{
    "pid1-assumed",
    Severity::warning,
    Rule::Scope::pod,
    "a command means the application by process 1",
    "With shareProcessNamespace process 1 is the pause container. `kill 1` signals that one, /proc/1 shows that one "
    "(a log line written to /proc/1/fd/1 is lost), and dotnet-dump answers \"Process 1 is not running\" or finds no "
    ".NET runtime in it.",
    "Find the process by its name, for example with pidof or pgrep.",
    "https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/",
    check,
};

}  // namespace dotdiag
