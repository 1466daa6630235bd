// The settings file.
#include "linter/config.hpp"
#include "core/document/error.hpp"
#include "tests/support/places.hpp"
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

constexpr const char* web_deployment = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {containers: [{name: app, image: acme/web:1}]}}}
)";

ProcessResult lint_in(const std::string& directory, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), build_path("linter/dotdiag-lint"));
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

TEST_CASE("settings say where sources and values are, from the settings file on") {
  const TemporaryDirectory directory;
  directory.write("settings.yaml",
                  "sources: src/../code\nrender: none\nvalues: [prod.yaml]\nimages:\n"
                  "  - {image: acme/web, source: src/Web}\n  - {image: acme/old, runtime: other}\n");
  const Config config = read_config(directory / "settings.yaml");
  CHECK(config.sources == directory / "code");
  CHECK_FALSE(config.render.is_on);
  CHECK(config.render.values == std::vector<std::string>{directory / "prod.yaml"});
  REQUIRE(config.images.size() == 2);
  CHECK(config.images[0].source == directory.path() / "src/Web");
  CHECK(config.images[1].image == "acme/old");
  CHECK(config.images[1].language == "something else");
  CHECK(error_of("images:\n  - image: a\n    runtime: java\n") != "");
  CHECK(error_of("images:\n  - image: a\n") != "");
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

TEST_CASE("a directory of sources and a file of values must be there") {
  const TemporaryDirectory directory;
  directory.write("web.yaml", web_deployment);
  for (const std::string argument :
       {"--sources=missing", "--values=missing.yaml", "--render=always", "--render-seconds=0"}) {
    CAPTURE(argument);
    const auto result = lint_in(directory.path().string(), {argument, "web.yaml"});
    CHECK(result.exit_code == 2);
    CHECK(result.out.empty());
  }
  directory.write("code/web/Dockerfile", "FROM golang\n");
  const auto named = lint_in(directory.path().string(), {"--sources=code", "--notes", "web.yaml"});
  CHECK(named.out.find("container `app` is Go, not .NET (code/web/Dockerfile:1)") != std::string::npos);
  CHECK(named.exit_code == 0);
  directory.write("settings.yaml", "images: [{image: acme/web, runtime: other}]\n");
  CHECK(lint_in(directory.path().string(), {"--config=settings.yaml", "web.yaml"}).exit_code == 0);
}

TEST_CASE("settings are found above, up to the root of the repository, and flags win over them") {
  const TemporaryDirectory directory;
  directory.write("repository/.git/HEAD", "");
  directory.write("repository/.dotdiag-lint.yaml", "policies: [dotnet-monitor]\n");
  directory.write("repository/deploy/web.yaml", web_deployment);
  directory.write("repository/deploy/vendor/.git/HEAD", "");
  directory.write("repository/deploy/vendor/web.yaml", web_deployment);
  const std::string deploy = directory / "repository/deploy";
  CHECK(lint_in(deploy, {"web.yaml"}).out.find("shared-diag") != std::string::npos);
  CHECK(lint_in(deploy, {"--no-config", "web.yaml"}).out.find("shared-tmp") != std::string::npos);
  CHECK(lint_in(deploy, {"--policy=dotnet-dump", "web.yaml"}).out.find("shared-tmp") != std::string::npos);
  CHECK(lint_in(deploy + "/vendor", {"web.yaml"}).out.find("shared-tmp") != std::string::npos);
}

}  // namespace dotdiag::test
