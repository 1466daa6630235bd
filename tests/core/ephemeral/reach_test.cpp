// Who reaches whom, as real pods on a real node showed it: for each target and namespace the debugger that is let in,
// or what must be known first. `0:0` is a user and a group, `-` one that is left to the image.
#include "tests/core/ephemeral/prepared_pod.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

struct Cell {
  const char* target;  ///< its securityContext
  const char* policy;
  PodSecurity level;
  const char* expected;
};

std::string id_text(const Json& context, const char* field) {
  return context.contains(field) ? context.at(field).dump() : "-";
}

/// `1654:1654 +SYS_PTRACE`, `0:- -ALL`; `asks --target-uid --target-gid`; `refused`.
std::string summary(const DebuggerPlan& plan) {
  if (!plan.ready()) {
    std::string options;
    for (const char* option : {"--target-uid", "--target-gid"}) {
      if (plan.refusal.find(option) != std::string::npos) options += std::string(" ") + option;
    }
    return options.empty() ? "refused" : "asks" + options;
  }
  const Json context = plan.container.value("securityContext", Json::object());
  std::string text = id_text(context, "runAsUser") + ":" + id_text(context, "runAsGroup");
  const Json capabilities = context.value("capabilities", Json::object());
  for (const Json& one : items_member(capabilities, "add"))
    text += " +" + one.get<std::string>();
  for (const Json& one : items_member(capabilities, "drop"))
    text += " -" + one.get<std::string>();
  return text;
}

std::string debugger_for(const Cell& cell, DebugMode mode) {
  Json pod = prepared_pod("dotnet-dump");
  if (mode == DebugMode::procroot) {
    for (const char* field : {"shareProcessNamespace", "volumes"})
      pod["spec"].erase(field);
    pod["spec"]["containers"][0].erase("volumeMounts");
  }
  pod["spec"]["containers"][0]["securityContext"] = Json::parse(cell.target);
  DebuggerChoices choices = in_mode(mode);
  choices.pod_security = cell.level;
  return summary(plan_for(cell.policy, pod, choices));
}

constexpr const char* open = "dotnet-dump";
constexpr const char* restricted = "dotnet-dump-restricted";
constexpr const char* root = R"({"runAsUser": 0})";
constexpr const char* root_that_traces = R"({"runAsUser": 0, "capabilities": {"add": ["SYS_PTRACE"]}})";
constexpr const char* user = R"({"runAsUser": 1654, "runAsGroup": 1654})";
constexpr const char* user_without_group = R"({"runAsUser": 1654})";
constexpr const char* somebody = R"({"runAsNonRoot": true})";

}  // namespace

TEST_CASE("over a shared directory root reaches all, and the same user its own") {
  const auto cell = GENERATE(values<Cell>({
      {"{}", open, PodSecurity::unknown, "-:-"},
      {"{}", open, PodSecurity::baseline, "-:-"},
      {"{}", restricted, PodSecurity::baseline, "-:-"},
      {"{}", restricted, PodSecurity::privileged, "-:-"},
      {"{}", restricted, PodSecurity::unknown, "asks --target-uid"},
      {"{}", open, PodSecurity::restricted, "asks --target-uid"},
      {"{}", restricted, PodSecurity::restricted, "asks --target-uid"},
      {somebody, open, PodSecurity::privileged, "asks --target-uid"},
      {root, open, PodSecurity::unknown, "0:-"},
      {root, restricted, PodSecurity::baseline, "0:-"},
      {root, open, PodSecurity::restricted, "refused"},
      {R"({"runAsUser": 0, "runAsNonRoot": true})", open, PodSecurity::unknown, "asks --target-uid"},
      {root_that_traces, open, PodSecurity::privileged, "0:- +SYS_PTRACE"},
      {root_that_traces, open, PodSecurity::baseline, "0:-"},
      {user, open, PodSecurity::unknown, "1654:1654"},
      {user, open, PodSecurity::restricted, "1654:1654 -ALL"},
      {user_without_group, open, PodSecurity::unknown, "1654:-"},
  }));
  CAPTURE(cell.target, cell.policy, static_cast<int>(cell.level));
  CHECK(debugger_for(cell, DebugMode::tmp) == cell.expected);
}

TEST_CASE("over /proc the group must match too, and no capability may be missing") {
  const auto cell = GENERATE(values<Cell>({
      {"{}", open, PodSecurity::unknown, "0:0 +SYS_PTRACE"},
      {"{}", open, PodSecurity::baseline, "asks --target-uid --target-gid"},
      {"{}", restricted, PodSecurity::unknown, "asks --target-uid --target-gid"},
      {somebody, open, PodSecurity::privileged, "asks --target-uid --target-gid"},
      {root, open, PodSecurity::baseline, "0:0"},
      {root, restricted, PodSecurity::unknown, "0:0"},
      {root, open, PodSecurity::restricted, "refused"},
      {R"({"runAsUser": 0, "runAsGroup": 5})", open, PodSecurity::unknown, "0:5"},
      {root_that_traces, open, PodSecurity::privileged, "0:0 +SYS_PTRACE"},
      {root_that_traces, open, PodSecurity::baseline, "refused"},
      {R"({"runAsUser": 0, "capabilities": {"add": ["CAP_NET_ADMIN", 7]}})", open, PodSecurity::unknown,
       "0:0 +NET_ADMIN"},
      {R"({"runAsUser": 0, "capabilities": {"add": ["CHOWN"]}})", open, PodSecurity::baseline, "0:0 +CHOWN"},
      {R"({"runAsUser": 0, "privileged": true})", open, PodSecurity::unknown, "0:0 +SYS_PTRACE"},
      {user_without_group, open, PodSecurity::privileged, "asks --target-gid"},
      {user, open, PodSecurity::unknown, "1654:1654"},
      {user, restricted, PodSecurity::baseline, "1654:1654 -ALL"},
      {user, open, PodSecurity::restricted, "1654:1654 -ALL"},
      {R"({"runAsUser": 1654, "runAsGroup": 1654, "capabilities": {"add": ["SYS_PTRACE"]}})", open,
       PodSecurity::unknown, "1654:1654"},
  }));
  CAPTURE(cell.target, cell.policy, static_cast<int>(cell.level));
  CHECK(debugger_for(cell, DebugMode::procroot) == cell.expected);
}

}  // namespace dotdiag::test
