#include "core/policy/debugger.hpp"

#include "tests/support/object_examples.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

Json yaml(const std::string& text) {
  return read_documents(std::make_shared<const Source>("debugger.yaml", text)).at(0).root;
}

/// Where the debuggers are: `ephemeral /spec/ephemeralContainers/0`, one a line.
std::string places(const std::string& text) {
  const Json document = yaml(text);
  std::string found;
  for (const Debugger& debugger : find_debuggers(document)) {
    CHECK(debugger.json == value_at(document, debugger.path));
    const bool is_custom = debugger.form == Debugger::Form::custom_profile;
    found += std::string(is_custom ? "custom" : "ephemeral") + " " + debugger.path.text() + "\n";
  }
  return found;
}

}  // namespace

TEST_CASE("a strategic merge patch and a Pod have their debuggers in spec.ephemeralContainers") {
  CHECK(places("spec: {ephemeralContainers: [{name: a}, {name: b}]}") ==
        "ephemeral /spec/ephemeralContainers/0\nephemeral /spec/ephemeralContainers/1\n");
  CHECK(places("{apiVersion: v1, kind: Pod, spec: {containers: [{name: app}], ephemeralContainers: [{name: a}]}}") ==
        "ephemeral /spec/ephemeralContainers/0\n");
}

TEST_CASE("a JSON Patch has them in the values that it adds to that list") {
  CHECK(places("[{op: add, path: /spec/ephemeralContainers/-, value: {name: a}}]") == "ephemeral /0/value\n");
  CHECK(places("[{op: test, path: /metadata/name, value: x},"
               " {op: add, path: /spec/ephemeralContainers, value: [{name: a}, 7, {name: b}]}]") ==
        "ephemeral /1/value/0\nephemeral /1/value/2\n");
}

TEST_CASE("an operation of a JSON Patch on something else adds none") {
  CHECK(places("[{op: remove, path: /spec/ephemeralContainers/0}]") == "");
  CHECK(places("[{op: test, path: /spec/ephemeralContainers/0, value: {name: a}}]") == "");
  CHECK(places("[{op: add, path: /spec/ephemeralContainersX, value: [{name: a}]}]") == "");
  CHECK(places("[{op: add, path: /spec/ephemeralContainers/0/env, value: [{name: TMPDIR}]}]") == "");
  CHECK(places("[{op: add, path: /spec/containers/0, value: {name: a}}]") == "");
}

TEST_CASE("a partial Container is a custom profile, also in JSON with trailing commas") {
  CHECK(places("{\"args\": [\"collect\"], \"env\": [{\"name\": \"A\", \"value\": \"1\"},],}") == "custom \n");
  CHECK(places("volumeMounts: [{name: tmp, mountPath: /tmp}]") == "custom \n");
}

TEST_CASE("other files are no debuggers") {
  const auto* text =
      GENERATE("null", "7", "text", "[]", "{}", "[null, 7, {}]", "name: web", "spec: {ephemeralContainers: 7}",
               "{apiVersion: v1, kind: Pod, spec: {containers: [{name: app}]}}",
               "{apiVersion: v1, kind: ConfigMap, data: {args: x}}",
               "resources: [deployment.yaml, service.yaml]",                      // a kustomization without a kind
               "{replicaCount: 2, resources: {}, env: [], securityContext: {}}",  // Helm values
               "{image: {repository: shop/web, tag: 1.4.2}, resources: {}}");
  INFO(text);
  CHECK(places(text) == "");
}

}  // namespace dotdiag::test
