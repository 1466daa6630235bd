#include "core/ephemeral/debugger_user.hpp"

#include "tests/core/ephemeral/prepared_pod.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

/// The debugger's securityContext for a target with `target` as its own; `pod` is the pod's.
Json context_for(const std::string& policy, const std::string& target, const DebuggerChoices& choices = {},
                 const std::string& pod = "{}") {
  Json object = prepared_pod("dotnet-dump");
  object["spec"]["securityContext"] = Json::parse(pod);
  object["spec"]["containers"][0]["securityContext"] = Json::parse(target);
  const DebuggerPlan plan = plan_for(policy, object, choices);
  INFO(plan.refusal);
  CHECK(plan.ready());
  return plan.container.value("securityContext", Json::object());
}

std::string question_for(const std::string& policy, const std::string& target, const DebuggerChoices& choices = {}) {
  Json object = prepared_pod("dotnet-dump");
  object["spec"]["containers"][0]["securityContext"] = Json::parse(target);
  return plan_for(policy, object, choices).refusal;
}

DebuggerChoices under(PodSecurity level) {
  DebuggerChoices choices;
  choices.pod_security = level;
  return choices;
}

}  // namespace

TEST_CASE("the debugger is the target's twin") {
  struct Example {
    const char* about;
    const char* policy;
    const char* target;
    const char* expected;
  };
  const auto example = GENERATE(values<Example>({
      {"nothing known: the image's own user", "dotnet-dump", "{}", "{}"},
      {"user and group", "dotnet-dump", R"({"runAsUser": 1654, "runAsGroup": 1655})",
       R"({"runAsUser": 1654, "runAsGroup": 1655, "runAsNonRoot": true})"},
      {"root", "dotnet-dump", R"({"runAsUser": 0})", R"({"runAsUser": 0, "runAsNonRoot": false})"},
      {"root that traces hides from root that does not", "dotnet-dump",
       R"({"runAsUser": 0, "capabilities": {"add": ["SYS_PTRACE"]}})",
       R"({"runAsUser": 0, "runAsNonRoot": false, "capabilities": {"add": ["SYS_PTRACE"]}})"},
      {"and so under the restricted policy too", "dotnet-dump-restricted",
       R"({"runAsUser": 0, "capabilities": {"add": ["CAP_SYS_PTRACE"]}})",
       R"({"runAsUser": 0, "runAsNonRoot": false, "allowPrivilegeEscalation": false,
           "seccompProfile": {"type": "RuntimeDefault"}, "capabilities": {"add": ["SYS_PTRACE"]}})"},
      {"a privileged target traces", "dotnet-dump", R"({"runAsUser": 0, "privileged": true})",
       R"({"runAsUser": 0, "runAsNonRoot": false, "capabilities": {"add": ["SYS_PTRACE"]}})"},
      {"a target that traces nothing needs no tracer", "dotnet-dump", R"({"capabilities": {"add": ["NET_ADMIN"]}})",
       "{}"},
      {"restricted", "dotnet-dump-restricted", R"({"runAsUser": 1654})",
       R"({"runAsUser": 1654, "runAsNonRoot": true, "allowPrivilegeEscalation": false,
           "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}})"},
      {"root keeps its capabilities under the restricted policy", "dotnet-dump-restricted", R"({"runAsUser": 0})",
       R"({"runAsUser": 0, "runAsNonRoot": false, "allowPrivilegeEscalation": false,
           "seccompProfile": {"type": "RuntimeDefault"}})"},
      {"a target that drops all is followed", "dotnet-dump",
       R"({"runAsUser": 1654, "capabilities": {"drop": ["ALL"]}})",
       R"({"runAsUser": 1654, "runAsNonRoot": true, "allowPrivilegeEscalation": false,
           "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}})"},
      {"a root target that drops all is not", "dotnet-dump", R"({"runAsUser": 0, "capabilities": {"drop": ["ALL"]}})",
       R"({"runAsUser": 0, "runAsNonRoot": false})"},
  }));
  CAPTURE(example.about);
  CHECK(same_document(context_for(example.policy, example.target), Json::parse(example.expected)));
}

TEST_CASE("what the namespace enforces is kept to") {
  const std::string tracer = R"({"runAsUser": 1654, "capabilities": {"add": ["SYS_PTRACE"]}})";
  CHECK(context_for("dotnet-dump", tracer).at("capabilities") == Json::parse(R"({"add": ["SYS_PTRACE"]})"));
  CHECK_FALSE(context_for("dotnet-dump", tracer, under(PodSecurity::baseline)).contains("capabilities"));
  CHECK(context_for("dotnet-dump", tracer, under(PodSecurity::restricted)).at("capabilities") ==
        Json::parse(R"({"drop": ["ALL"]})"));
}

TEST_CASE("an unknown user is asked for where it matters, and only there") {
  CHECK(question_for("dotnet-dump", "{}") == "");
  CHECK_THAT(question_for("dotnet-dump", R"({"runAsNonRoot": true})"), Catch::Contains("--target-uid"));
  CHECK_THAT(question_for("dotnet-dump-restricted", "{}"), Catch::Contains("--target-uid"));
  CHECK_THAT(question_for("dotnet-dump", "{}", under(PodSecurity::restricted)), Catch::Contains("--target-uid"));
}

TEST_CASE("what the user says about the target wins over the pod") {
  DebuggerChoices choices;
  choices.target_uid = 1001;
  choices.target_gid = 1002;
  CHECK(same_document(context_for("dotnet-dump", R"({"runAsUser": 1, "runAsGroup": 2})", choices),
                      Json::parse(R"({"runAsUser": 1001, "runAsGroup": 1002, "runAsNonRoot": true})")));
}

TEST_CASE("mode procroot is the target's twin down to the group, and never root where root is forbidden") {
  const DebuggerChoices procroot = in_mode(DebugMode::procroot);
  CHECK(same_document(context_for("dotnet-dump", R"({"runAsUser": 1654, "runAsGroup": 1654})", procroot),
                      Json::parse(R"({"runAsUser": 1654, "runAsGroup": 1654, "runAsNonRoot": true})")));
  CHECK(same_document(context_for("dotnet-dump", "{}", procroot),
                      Json::parse(R"({"runAsUser": 0, "runAsGroup": 0, "runAsNonRoot": false,
                                      "capabilities": {"add": ["SYS_PTRACE"]}})")));
  CHECK_THAT(question_for("dotnet-dump", R"({"runAsNonRoot": true})", procroot),
             Catch::Contains("the pod says runAsNonRoot: true"));
}

TEST_CASE("what is asked is true of the namespace") {
  DebuggerChoices baseline = under(PodSecurity::baseline);
  baseline.mode = DebugMode::procroot;
  CHECK_THAT(question_for("dotnet-dump", "{}", baseline), Catch::Contains("Pod Security refuses SYS_PTRACE"));
  CHECK_THAT(question_for("dotnet-dump-restricted", "{}"), Catch::Contains("--pod-security baseline"));
  CHECK_THAT(question_for("dotnet-dump", "{}", under(PodSecurity::restricted)),
             Catch::Contains("Pod Security restricted forbids root"));
}

TEST_CASE("kubectl's profile adds nothing that the plan leaves out") {
  const auto profile = [](const std::string& policy, const std::string& target, const DebuggerChoices& choices) {
    Json object = prepared_pod("dotnet-dump");
    object["spec"]["containers"][0]["securityContext"] = Json::parse(target);
    return plan_for(policy, object, choices).profile;
  };
  CHECK(profile("dotnet-dump", R"({"capabilities": {"add": ["SYS_PTRACE"]}})", {}) == "general");
  CHECK(profile("dotnet-dump", "{}", {}) == "baseline");
  CHECK(profile("dotnet-dump-restricted", R"({"runAsUser": 1654})", {}) == "restricted");
  CHECK(profile("dotnet-dump-restricted", R"({"runAsUser": 0})", {}) == "baseline");
  const Json monitored = prepared_pod("dotnet-monitor");
  CHECK(plan_for("dotnet-monitor", monitored).profile == "general");
  CHECK(plan_for("dotnet-monitor", monitored, under(PodSecurity::baseline)).profile == "baseline");
}

}  // namespace dotdiag::test
