// Where a pod runs, and what that changes: an example folder shows a rule in one such place, these tests in the others.
#include "core/policy/surroundings.hpp"

#include "core/document/reader.hpp"
#include "core/policy/debugger.hpp"
#include "core/policy/rule.hpp"

#include <catch2/catch.hpp>

#include <memory>

namespace dotdiag::test {
namespace {

Json yaml(const std::string& text) {
  return read_documents(std::make_shared<const Source>("test", text)).at(0).root;
}

/// `severity: place: message` of each place where the rule fires on the pod, or on the debuggers for it; as it is
/// written, judged by `policy`.
std::vector<std::string> fires(const char* rule, const Surroundings& surroundings, const Json& written,
                               const char* policy = "dotnet-dump-restricted", const Json& debuggers = {}) {
  const Workload workload = *as_workload(written);
  const std::vector<const Policy*> policies = {PolicySet::builtin().find(policy)};
  Json cured = written;
  const Evaluation evaluation = evaluate(policies, cured, workload, {});
  const PodView pod(written, workload);
  std::vector<std::string> lines;
  const auto judge = [&](const Debugger* debugger) {
    for (const Hazard& hazard : find_rule(rule)->check({pod, policies, evaluation, surroundings, debugger})) {
      const Severity severity = hazard.severity.value_or(find_rule(rule)->severity);
      lines.push_back(std::string(severity_name(severity)) + ": " + hazard.at.text() + ": " + hazard.message);
      CHECK((debugger == nullptr || hazard.fix.empty()));
    }
  };
  if (debuggers.is_null()) judge(nullptr);
  for (const Debugger& debugger : find_debuggers(debuggers))
    judge(&debugger);
  return lines;
}

const char* const app = "registry.example.com/shop/web:1.4.2";

Json pod_with(const std::string& security_context) {
  return yaml("apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: app\n    image: " +
              std::string(app) + "\n    securityContext: " + security_context + "\n");
}

Json debugger_with(const std::string& security_context) {
  return yaml("spec:\n  ephemeralContainers:\n  - name: dump-debugger\n    image: mcr.microsoft.com/dotnet/sdk:10.0\n" +
              std::string("    securityContext: ") + security_context + "\n");
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("levels of Pod Security and platforms are known by the names that clusters use") {
  CHECK(pod_security_named("privileged") == PodSecurity::privileged);
  CHECK(pod_security_named("baseline") == PodSecurity::baseline);
  CHECK(pod_security_named("restricted") == PodSecurity::restricted);
  CHECK_FALSE(pod_security_named("Baseline"));
  CHECK(platform_named("openshift") == Platform::openshift);
  CHECK(platform_named("fargate") == Platform::fargate);
  CHECK(platform_named("autopilot") == Platform::autopilot);
  CHECK_FALSE(platform_named(""));
}

TEST_CASE("a cluster is too old below 1.25, and hopeless below 1.23") {
  const auto in = [](const char* version) {
    Surroundings surroundings;
    surroundings.kubernetes = Version::parse(version);
    return fires("k8s-too-old", surroundings, pod_with("{}"));
  };
  CHECK(in("1.22") == Lines{"error: /spec: ephemeral containers are alpha, and off by default, in Kubernetes 1.22"});
  CHECK(in("v1.23.4") == Lines{"warning: /spec: ephemeral containers are beta in Kubernetes 1.23"});
  CHECK(in("1.24") == Lines{"warning: /spec: ephemeral containers are beta in Kubernetes 1.24"});
  CHECK(in("1.25") == Lines{});
  CHECK(in("2.0") == Lines{});
  CHECK(fires("k8s-too-old", {}, pod_with("{}")) == Lines{});
}

TEST_CASE("Pod Security refuses SYS_PTRACE at the levels baseline and restricted only") {
  const Json pod = pod_with("{capabilities: {add: [SYS_PTRACE]}}");
  const auto at = [&](PodSecurity level) {
    Surroundings surroundings;
    surroundings.pod_security = level;
    return fires("sys-ptrace-violates-pss", surroundings, pod);
  };
  const std::string place = "error: /spec/containers/0/securityContext/capabilities/add/0: ";
  CHECK(at(PodSecurity::restricted) ==
        Lines{place + "Pod Security restricted refuses SYS_PTRACE in capabilities.add of `app`"});
  CHECK(at(PodSecurity::baseline) ==
        Lines{place + "Pod Security baseline refuses SYS_PTRACE in capabilities.add of `app`"});
  CHECK(at(PodSecurity::privileged) == Lines{});
  CHECK(at(PodSecurity::unknown) == Lines{});
}

TEST_CASE("where Pod Security refuses SYS_PTRACE, nothing is said about how little it is needed") {
  const Json pod = pod_with("{runAsUser: 0, capabilities: {add: [SYS_PTRACE]}}");
  CHECK(fires("ptrace-cap-unneeded", {}, pod).size() == 1);
  Surroundings surroundings;
  surroundings.pod_security = PodSecurity::baseline;
  CHECK(fires("ptrace-cap-unneeded", surroundings, pod) == Lines{});
}

TEST_CASE("a debugger's own capabilities and user are judged, and not those of the pod") {
  const Json pod = pod_with("{runAsUser: 1654, capabilities: {add: [CAP_SYS_PTRACE]}}");
  const Json debugger = debugger_with("{runAsUser: 0, capabilities: {add: [CAP_SYS_PTRACE]}}");
  const Json harmless = debugger_with("{}");
  const auto judge = [&](const char* rule, const Surroundings& surroundings, const Json& one) {
    return fires(rule, surroundings, pod, "dotnet-dump", one);
  };
  Surroundings baseline, openshift;
  baseline.pod_security = PodSecurity::baseline;
  openshift.platform = Platform::openshift;
  const std::string context = "/spec/ephemeralContainers/0/securityContext/";

  CHECK(judge("sys-ptrace-violates-pss", baseline, debugger) ==
        Lines{"error: " + context + "capabilities/add/0: " +
              "Pod Security baseline refuses CAP_SYS_PTRACE in capabilities.add of `dump-debugger`"});
  CHECK(judge("ptrace-cap-cap-prefix", {}, debugger) ==
        Lines{"note: " + context + "capabilities/add/0: " +
              "Kubernetes writes capabilities without CAP_, and `dump-debugger` adds CAP_SYS_PTRACE"});
  CHECK(
      judge("platform-openshift-scc", openshift, debugger) ==
      Lines{"error: " + context + "capabilities/add/0: " +
                "OpenShift restricted-v2 refuses CAP_SYS_PTRACE in capabilities.add of `dump-debugger`",
            "warning: " + context + "runAsUser: " + "OpenShift restricted-v2 refuses runAsUser 0 of `dump-debugger`"});
  CHECK(judge("sys-ptrace-violates-pss", baseline, harmless) == Lines{});
  CHECK(judge("ptrace-cap-cap-prefix", {}, harmless) == Lines{});
  CHECK(judge("platform-openshift-scc", openshift, harmless) == Lines{});
}

TEST_CASE("on OpenShift, nobody is asked to set a user") {
  CHECK(fires("uid-unknown", {}, pod_with("{}")).size() == 1);
  Surroundings surroundings;
  surroundings.platform = Platform::openshift;
  CHECK(fires("uid-unknown", surroundings, pod_with("{}")) == Lines{});
}

}  // namespace dotdiag::test
