// The settings file.
#include "linter/config.hpp"
#include "core/document/error.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

namespace dotdiag::test {
namespace {

std::string error_of(const std::string& text) {
  const TemporaryDirectory directory;
  directory.write("settings.yaml", text);
  try {
    read_config(directory / "settings.yaml");
    return "";
  } catch (const InputError& error) {
    return std::string(error.what()).substr(directory.path().string().size() + 1);
  }
}

constexpr const char* deployment = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {containers: [{name: app, image: acme/web:1}]}}}
)";

ProcessResult lint_in(const std::string& directory, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), DOTDIAG_BINARY_DIR "/linter/dotdiag-lint");
  return run_process(arguments, {.directory = directory});
}

}  // namespace

TEST_CASE("settings say what a manifest does not") {
  const TemporaryDirectory directory;
  directory.write(
      "settings.yaml",
      "policies: [dotnet-monitor]\npodSecurity: baseline\nplatform: openshift\nkubernetesVersion: \"1.30\"\n"
      "runtimeVersion: '8'\n");
  const Config config = read_config(directory / "settings.yaml");
  CHECK(config.policies == std::vector<std::string>{"dotnet-monitor"});
  CHECK(config.surroundings.pod_security == PodSecurity::baseline);
  CHECK(config.surroundings.platform == Platform::openshift);
  CHECK(config.surroundings.kubernetes == Version{1, 30});
  CHECK(config.surroundings.runtime == Version{8, 0});
}

TEST_CASE("what is wrong with settings is said with its position") {
  CHECK(error_of("podSecurity: basline\n") ==
        "settings.yaml:1:1: `basline` is not allowed here: write one of privileged, baseline, restricted");
  CHECK(error_of("platform: fargate\nkubernetesVersion: 1.30\n").substr(0, 18) == "settings.yaml:2:1:");
  CHECK(error_of("colour: red\n").substr(0, 18) == "settings.yaml:1:1:");
  CHECK(error_of("- 1\n").substr(0, 18) == "settings.yaml:1:1:");
  CHECK(error_of("policies: [a\n") != "");
  CHECK(error_of("") != "");
  CHECK(error_of("a: 1\n---\nb: 2\n") != "");
}

TEST_CASE("settings are found above, up to the root of the repository, and flags win over them") {
  const TemporaryDirectory directory;
  directory.write("repository/.git/HEAD", "");
  directory.write("repository/.dotdiag-lint.yaml", "policies: [dotnet-monitor]\n");
  directory.write("repository/deploy/web.yaml", deployment);
  directory.write("repository/deploy/vendor/.git/HEAD", "");
  directory.write("repository/deploy/vendor/web.yaml", deployment);
  const std::string deploy = directory / "repository/deploy";
  CHECK(lint_in(deploy, {"web.yaml"}).out.find("shared-diag") != std::string::npos);
  CHECK(lint_in(deploy, {"--no-config", "web.yaml"}).out.find("shared-tmp") != std::string::npos);
  CHECK(lint_in(deploy, {"--policy=dotnet-dump", "web.yaml"}).out.find("shared-tmp") != std::string::npos);
  CHECK(lint_in(deploy + "/vendor", {"web.yaml"}).out.find("shared-tmp") != std::string::npos);
}

}  // namespace dotdiag::test
