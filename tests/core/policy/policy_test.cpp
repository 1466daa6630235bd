#include "core/policy/policy.hpp"

#include "core/document/error.hpp"
#include "core/policy/embedded.hpp"
#include "core/policy/kinds.hpp"

#include <catch2/catch.hpp>

namespace dotdiag {
namespace {

constexpr const char* head = R"(name: mine
summary: Mine
requirements:
  - id: sys-ptrace
    kind: capability
    capability: SYS_PTRACE
    summary: s
    why: w
    source: s
)";
constexpr const char* debugger = "debugger: {name: d, image: i, mounts: [tmp]}\n";
constexpr const char* volume = R"(  - id: tmp
    kind: shared-volume
    volume: v
    mountPath: /tmp
    sizeLimit: 1Gi
    summary: s
    why: w
    source: s
)";

std::string error_of(const std::string& text) {
  try {
    load_policy(text, "mine.yaml");
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("the built-in policies load, and each requirement says why and where that is documented") {
  CHECK(PolicySet::builtin().names() == "dotnet-dump, dotnet-dump-restricted, dotnet-monitor");
  for (const Policy& policy : PolicySet::builtin().all()) {
    for (const Requirement& requirement : policy.requirements) {
      INFO(policy.name << ": " << requirement.id);
      CHECK(find_kind(requirement.kind) != nullptr);
      CHECK(requirement.why.size() > 40);
      CHECK(requirement.source.rfind("https://", 0) == 0);
    }
  }
}

TEST_CASE("the built-in policies, which are not checked at each start, keep to the schema") {
  for (const EmbeddedFile& file : embedded_policies()) {
    if (!file.name.ends_with(".yaml")) continue;
    INFO(file.name);
    const Policy policy = load_policy(file.text, std::string(file.name));
    const Policy* built_in = PolicySet::builtin().find(policy.name);
    REQUIRE(built_in != nullptr);
    CHECK(built_in->requirements.size() == policy.requirements.size());
    CHECK(built_in->native == policy.native);
  }
}

TEST_CASE("each built-in policy has the debugger without .NET, of this version") {
  for (const Policy& policy : PolicySet::builtin().all()) {
    INFO(policy.name);
    REQUIRE(policy.native.is_object());
    CHECK(policy.native.at("image") == "dotdiag-collect:" DOTDIAG_VERSION);
    CHECK(policy.native.at("args") == Json::array({"wait", "--for", "1h"}));
  }
}

TEST_CASE("a policy's native debugger is its own choice, and checked") {
  const std::string good = std::string(head) + volume + debugger;
  CHECK(load_policy(good, "mine.yaml").native.is_null());
  CHECK(load_policy(good + "native: {name: e, image: j}\n", "mine.yaml").native.at("image") == "j");
  CHECK_THAT(error_of(good + "native: {name: e}\n"), Catch::StartsWith("mine.yaml:19:") && Catch::Contains("image"));
  CHECK_THAT(error_of(good + "native: {name: e, image: j, mounts: [tmp]}\n"), Catch::Contains("mounts"));
}

TEST_CASE("a policy of one's own loads") {
  const Policy policy = load_policy(std::string(head) + volume + debugger, "mine.yaml");
  CHECK(policy.name == "mine");
  REQUIRE(policy.requirements.size() == 2);
  CHECK(policy.requirements[1].parameters.at("mountPath") == "/tmp");
  CHECK(policy.debugger.at("image") == "i");
}

TEST_CASE("a policy that cannot be right is refused with the place") {
  const std::string good = std::string(head) + volume;
  CHECK_THAT(error_of(""), Catch::StartsWith("mine.yaml: the file is empty"));
  CHECK_THAT(error_of("name: [mine"), Catch::StartsWith("mine.yaml:"));
  CHECK_THAT(error_of(good), Catch::Contains("debugger"));
  CHECK_THAT(error_of(good + debugger + "---\nname: other\n"), Catch::Contains("more than one document"));
  CHECK_THAT(error_of(good + volume + debugger),
             Catch::StartsWith("mine.yaml:18:") && Catch::Contains("`tmp` is used twice"));
  CHECK_THAT(
      error_of(good + "debugger: {name: d, image: i, mounts: [temp]}\n"),
      Catch::StartsWith("mine.yaml:18:") && Catch::Contains("`temp` is not the id of a shared-volume requirement"));
  CHECK_THAT(error_of(good + "debugger: {name: d, image: i, mounts: [tmp], ports: []}\n"), Catch::Contains("ports"));
}

TEST_CASE("an unknown kind and a parameter of another kind are refused with the place") {
  std::string text = std::string(head) + volume + debugger;
  const auto kind = text.find("capability\n");
  CHECK_THAT(error_of(std::string(text).replace(kind, 10, "capabilities")), Catch::StartsWith("mine.yaml:5:"));
  const auto parameter = text.find("    capability: SYS_PTRACE");
  CHECK_THAT(error_of(std::string(text).replace(parameter, 26, "    mountPath: /tmp")),
             Catch::StartsWith("mine.yaml:"));
}

}  // namespace dotdiag
