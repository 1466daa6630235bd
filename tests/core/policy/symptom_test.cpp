// Error messages lead to rules.
#include "core/policy/symptom.hpp"

#include "core/policy/policy.hpp"
#include "core/policy/rule.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

namespace dotdiag::test {
namespace {

bool is_requirement(std::string_view id) {
  const auto& policies = PolicySet::builtin().all();
  return std::any_of(policies.begin(), policies.end(),
                     [&](const Policy& policy) { return policy.find(id) != nullptr; });
}

/// The first cause of the best match; empty where there is none.
std::string first_cause(std::string_view text) {
  const auto found = find_symptoms(text);
  return found.empty() || found.front()->rules.empty() ? "" : std::string(found.front()->rules.front());
}

}  // namespace

TEST_CASE("each cause of a symptom is a rule or a requirement") {
  for (const Symptom& symptom : symptoms()) {
    INFO(symptom.message);
    CHECK_FALSE(symptom.cause.empty());
    CHECK_FALSE(symptom.printed_by.empty());
    for (const auto id : symptom.rules) {
      INFO(id);
      CHECK((find_rule(id) != nullptr || is_requirement(id)));
    }
  }
}

TEST_CASE("each symptom is found by its own message") {
  for (const Symptom& symptom : symptoms()) {
    INFO(symptom.message);
    const auto found = find_symptoms(symptom.message);
    REQUIRE_FALSE(found.empty());
    CHECK(found.front() == &symptom);
  }
}

TEST_CASE("a message is found as it is printed, with what surrounds it") {
  const std::pair<const char*, const char*> messages[] = {
      {"[createdump] Problem suspending threads: ptrace(ATTACH, 1) FAILED Operation not permitted (1)", "sys-ptrace"},
      {"No supported .NET processes were found.", "shared-tmp"},
      {"Process 7 not running compatible .NET runtime.", "shared-tmp"},
      {"Process 1 seems to be elevated.", "uid-unknown"},
      {"Usage of EmptyDir volume \"cache-volume\" exceeds the limit \"500Mi\". ", "emptydir-sizelimit-below-memory"},
      {"Error creating: pods \"web-7d4\" is forbidden: violates PodSecurity \"baseline:latest\": non-default "
       "capabilities (container \"app\" must not include \"SYS_PTRACE\" in securityContext.capabilities.add)",
       "sys-ptrace-violates-pss"},
      {"The Pod \"web\" is invalid: spec.ephemeralContainers[0].volumeMounts[0].name: Not found: \"cache-volume\"",
       "ec-volume-not-in-pod"},
      {"Unable to connect to Process 12. Please verify that /tmp/ is writable by the current user. If the target "
       "process "
       "has environment variable TMPDIR set, please set TMPDIR to the same directory.",
       "shared-tmp"},
      {"system.net.sockets.socketexception (13): permission denied /tmp/dotnet-diagnostic-7-11-socket",
       "debug-uid-mismatch"},
  };
  for (const auto& [message, cause] : messages) {
    INFO(message);
    CHECK(first_cause(message) == cause);
  }
}

TEST_CASE("a part of a message is enough, and a word that many have is not") {
  CHECK(first_cause("ResumeStartup command") == "diagnostic-port-suspends");
  CHECK(first_cause("image will run as root") == "debug-runasnonroot-conflict");
  CHECK(find_symptoms("FAILED").empty());
  CHECK(find_symptoms("").empty());
  CHECK(find_symptoms("the coffee is cold").empty());
}

}  // namespace dotdiag::test
