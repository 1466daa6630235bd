#include "core/policy/prepared.hpp"

#include "core/document/reader.hpp"

#include <catch2/catch.hpp>

#include <memory>

namespace dotdiag {
namespace {

using Evidence = Preparation::Evidence;

/// A pod with `spec` in flow style, behind the annotations.
Json pod(const std::string& spec, const std::string& annotations = "{}") {
  const auto documents = read_documents(std::make_shared<const Source>(
      "pod.yaml",
      "{apiVersion: v1, kind: Pod, metadata: {name: web, annotations: " + annotations + "}, spec: {" + spec + "}}"));
  REQUIRE_FALSE(documents.front().error);
  return documents.front().root;
}

/// The names of the policies, and the evidence.
struct Found {
  std::string policies;
  Evidence evidence;
  bool operator==(const Found&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Found& found) {
  return out << found.policies << ": " << static_cast<int>(found.evidence);
}

Found found(const Json& document, std::string_view usual = default_policy_name) {
  const PolicySet& policies = PolicySet::builtin();
  const auto workload = as_workload(document);
  REQUIRE(workload);
  const Preparation preparation = find_preparation(document, *workload, {}, *policies.find(usual), policies);
  std::string names;
  for (const Policy* policy : preparation.policies)
    names += (names.empty() ? "" : ",") + policy->name;
  return {names, preparation.evidence};
}

const std::string bare = "containers: [{name: web, image: r/web}]";
const std::string shared_tmp = "volumes: [{name: t, emptyDir: {sizeLimit: 1Gi}}]";

/// A container that mounts the volume `t` at `path`, with variables.
std::string web(const std::string& path, const std::string& env = "", const std::string& more = "") {
  return "containers: [{name: web, image: r/web, volumeMounts: [{name: t, mountPath: " + path + "}], env: [" + env +
         "]" + more + "}], " + shared_tmp;
}

const std::string port = "{name: DOTNET_DiagnosticPorts, value: '/diag/dotnet-monitor.sock,nosuspend'}";
const std::string diagnostics = "{name: DOTNET_EnableDiagnostics, value: '1'}";
const std::string tmpdir = "{name: TMPDIR, value: /tmp}";

}  // namespace

TEST_CASE("without evidence a workload is held against the usual policy") {
  CHECK(found(pod(bare)) == Found{"dotnet-dump", Evidence::none});
  CHECK(found(pod(bare), "dotnet-dump-restricted") == Found{"dotnet-dump-restricted", Evidence::none});
  CHECK(found(pod("containers: 1")) == Found{"dotnet-dump", Evidence::none});
}

TEST_CASE("a shared /tmp alone is what any read-only container has") {
  CHECK(found(pod(web("/tmp"))) == Found{"dotnet-dump", Evidence::none});
}

TEST_CASE("a workload that has all that a policy asks for is held against that") {
  const std::string restricted = web("/tmp", diagnostics + ", " + tmpdir) + ", shareProcessNamespace: true";
  CHECK(found(pod(restricted)) == Found{"dotnet-dump-restricted", Evidence::complete});
  CHECK(found(pod(web("/diag", port + ", " + diagnostics))) == Found{"dotnet-monitor", Evidence::complete});
}

TEST_CASE("what a debugger works with counts before what somebody only began, and the usual policy first") {
  CHECK(found(pod(web("/diag", port))) == Found{"dotnet-monitor", Evidence::enough});
  CHECK(found(pod(web("/tmp") + ", shareProcessNamespace: true")) == Found{"dotnet-dump", Evidence::enough});
  CHECK(found(pod(web("/tmp", port) + ", shareProcessNamespace: true")) == Found{"dotnet-dump", Evidence::enough});
}

TEST_CASE("a variable or a volume that nobody sets but for dotnet-monitor speaks for it") {
  const std::string other_port = "{name: DOTNET_DiagnosticPorts, value: /diag/port.sock}";
  CHECK(found(pod("containers: [{name: web, image: r/web, env: [" + other_port + "]}]")) ==
        Found{"dotnet-monitor", Evidence::started});
  CHECK(found(pod(web("/diag"))) == Found{"dotnet-monitor", Evidence::started});
}

TEST_CASE("a pod with a dotnet-monitor of its own needs no debugger") {
  const std::string monitored =
      "containers: [{name: web, image: r/web}, {name: monitor, image: mcr.microsoft.com/dotnet/monitor:10.0}]";
  CHECK(found(pod(monitored)) == Found{"", Evidence::own_monitor});
}

TEST_CASE("where the usual policy adds no capability, none that does is chosen") {
  const std::string traces = ", securityContext: {capabilities: {add: [SYS_PTRACE]}}";
  CHECK(found(pod(web("/data", "", traces)), "dotnet-dump-restricted") ==
        Found{"dotnet-dump-restricted", Evidence::none});
}

TEST_CASE("the webhook's marker counts before all else, where its policies are known") {
  CHECK(found(pod(bare, "{dotdiag.io/injected: dotnet-monitor}")) == Found{"dotnet-monitor", Evidence::marker});
  CHECK(found(pod(bare, "{dotdiag.io/injected: 'dotnet-dump,dotnet-monitor'}")) ==
        Found{"dotnet-dump,dotnet-monitor", Evidence::marker});
  CHECK(found(pod(bare, "{dotdiag.io/injected: gone}")) == Found{"dotnet-dump", Evidence::none});
}

}  // namespace dotdiag
