// Error messages lead to rules.
#include "core/policy/symptom.hpp"

#include "core/policy/policy.hpp"
#include "core/policy/rule.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
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

TEST_CASE("what was seen is found as it stood in the terminal, and half of it too") {
  const std::pair<const char*, const char*> messages[] = {
      {"[createdump] Problem suspending thread: ptrace(ATTACH, 8) FAILED Operation not permitted (1)", "sys-ptrace"},
      {"ptrace(ATTACH, 7) FAILED Operation not permitted (1)", "sys-ptrace"},
      {"\x1b[31m[createdump] Problem suspend\ning thread: ptrace(ATTA", "sys-ptrace"},
      {"[createdump] Only full dumps are supported by single file apps. Change the dump type to full "
       "(DOTNET_DbgMiniDumpType=4)",
       "emptydir-sizelimit-below-memory"},
      {"supported by single file apps", "emptydir-sizelimit-below-memory"},
      {"Problem launching createdump (may not have execute permissions): execve(/usr/share/dotnet/shared/"
       "Microsoft.NETCore.App/9.0.1/createdump) FAILED Permission denied (13)",
       "createdump-maybe-missing"},
      {"execve(/app/createdump) FAILED Permission denied (13)", "createdump-maybe-missing"},
      {"Problem launching createdump (may not have execute permissions): execve(/app/createdump) FAILED Operation not "
       "permitted (1)",
       "no-new-privs-file-caps"},
      {"    1  [Elevated process - cannot determine path]", "debug-gid-mismatch"},
      {"Permission denied /tmp/dotnet-diagnostic-7-459206-socket", "debug-uid-mismatch"},
      {"open(/proc/7/mem) FAILED Permission denied (13)", "no-new-privs-file-caps"},
      {"[createdump] The process or container does not have permissions or access: open(/proc/1/mem) FAILED Permission "
       "denied (13)",
       "no-new-privs-file-caps"},
      {"write: No space left on device (28)", "emptydir-sizelimit-below-memory"},
      {"Failed to create CoreCLR, HRESULT: 0x80004005", "readonly-rootfs-no-tmp"},
      {"command terminated with exit code 137", "share-process-namespace"},
      {"The Pod \"p1\" is invalid: spec.securityContext.shareProcessNamespace: Invalid value: true: "
       "ShareProcessNamespace and HostPID cannot both be enabled",
       "share-pid-conflict"},
      {"The Pod \"p2\" is invalid: spec.shareProcessNamespace: Forbidden: cannot be set for a windows pod",
       "windows-pod"},
      {"Error from server (BadRequest): error when creating \"STDIN\": Pod in version \"v1\" cannot be handled as a "
       "Pod: json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string",
       "env-value-not-string"},
      {"The Pod \"p4\" is invalid: spec.ephemeralContainers: Forbidden: cannot be set on create", "ec-in-template"},
      {"The Deployment \"d1\" is invalid: spec.template.spec.ephemeralContainers: Forbidden: ephemeral containers not "
       "allowed in pod template",
       "ec-in-template"},
      {"The Pod \"p6\" is invalid: spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral "
       "Container",
       "ec-forbidden-field"},
      {"The Pod \"p6\" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers \"d\" may not be "
       "changed\n@@ -1,6 +1,6 @@",
       "ec-name-collision"},
      {"{\"message\":\"container has runAsNonRoot and image will run as root (pod: \\\"p7_symptoms(ef54779e)\\\", "
       "container: a)\",\"reason\":\"CreateContainerConfigError\"}",
       "debug-runasnonroot-conflict"},
      {"error: name, command, image, lifecycle and volume devices are not modifiable via custom profile",
       "ec-custom-profile-forbidden"},
  };
  for (const auto& [message, cause] : messages) {
    INFO(message);
    CHECK(first_cause(message) == cause);
  }
}

/// `message` as somebody pastes it: other numbers, something for each star, line breaks for some blanks and in words.
static std::string pasted(std::string_view message, std::mt19937& random) {
  std::string text = random() % 2 == 0 ? "$ kubectl logs web-0\n" : "";
  for (const char character : message) {
    if (character == '*') {
      text += "/some/where";
    } else if (character == ' ' && random() % 4 == 0) {
      text += "\r\n  ";
    } else {
      text += character;
      if (random() % 16 == 0) text += "\n";
    }
  }
  return text;
}

TEST_CASE("each message is found first whatever a terminal made of it") {
  std::mt19937 random(1);
  for (int round = 0; round < 50; ++round) {
    for (const Symptom& symptom : symptoms()) {
      const std::string text = pasted(symptom.message, random);
      INFO(text);
      const auto found = find_symptoms(text);
      REQUIRE_FALSE(found.empty());
      CHECK(found.front() == &symptom);
    }
  }
}

TEST_CASE("two messages in one paste are both found") {
  const auto found = find_symptoms(
      "Problem launching createdump (may not have execute permissions): execve(/x) FAILED "
      "Permission denied (13)\nNo supported .NET processes were found");
  for (const Symptom* one : found)
    UNSCOPED_INFO(one->message);
  REQUIRE(found.size() == 2);
  CHECK(found.front()->rules.front() == "createdump-maybe-missing");
  CHECK(found.back()->rules.front() == "shared-tmp");
}

TEST_CASE("a part of a message is enough, and what all programs say is not") {
  CHECK(first_cause("ResumeStartup command") == "diagnostic-port-suspends");
  CHECK(first_cause("image will run as root") == "debug-runasnonroot-conflict");
  CHECK_FALSE(find_symptoms("Permission denied").empty());
  for (const char* text :
       {"FAILED", "", "the coffee is cold", "chown: changing ownership of 'x': Operation not permitted",
        "cat: /etc/shadow: Permission denied", "cp: cannot stat 'x': No such file or directory", "0x80004005 13 7"}) {
    INFO(text);
    CHECK(find_symptoms(text).empty());
  }
}

TEST_CASE("where nothing is found the nearest messages are named") {
  const auto similar = similar_symptoms("the process namespace seems elevated to me");
  REQUIRE_FALSE(similar.empty());
  CHECK(similar.front()->message == "Process * seems to be elevated");
  CHECK(similar_symptoms("the coffee is cold").empty());
  CHECK(similar_symptoms("container process socket image running dump supported permission file").size() <= 3);
}

TEST_CASE("a text of megabytes is answered at once") {
  CHECK_FALSE(find_symptoms("OOMKilled " + std::string(8 << 20, 'x')).empty());
}

}  // namespace dotdiag::test
