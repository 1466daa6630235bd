// Known findings: they stay known where lines move and files are renamed, and are missed when they are gone.
#include "core/document/json.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

namespace dotdiag::test {
namespace {

namespace fs = std::filesystem;

std::string deployment(const std::string& name, const std::string& container = "app") {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name +
         "}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: " + container +
         ", image: acme/web:1}\n";
}

/// A directory with two manifests and their baseline.
struct Known {
  TemporaryDirectory directory;

  Known() {
    directory.write("deploy/web.yaml", deployment("web"));
    directory.write("deploy/api.yaml", deployment("api"));
    const auto written = lint({"--write-baseline=known.json", "deploy"});
    INFO(written.err);
    REQUIRE(written.exit_code == 0);
  }

  ProcessResult lint(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {build_path("linter/dotdiag-lint"), "--no-config"});
    return run_process(arguments, {.directory = directory.path().string()});
  }

  Json report(const std::string& path = "deploy") const {
    return Json::parse(lint({"--baseline=known.json", "--format=json", path}).out);
  }
};

}  // namespace

TEST_CASE("what a baseline knows fails nobody, and what is new does") {
  const Known known;
  CHECK(known.lint({"--baseline=known.json", "deploy"}).exit_code == 0);
  const Json report = known.report();
  CHECK(report["findings"].empty());
  CHECK(report["summary"]["errors"] == 0);
  CHECK(report["suppressed"].size() == report["summary"]["suppressed"]);
  known.directory.write("deploy/new.yaml", deployment("new"));
  CHECK(known.lint({"--baseline=known.json", "deploy"}).exit_code == 1);
  const Json after = known.report();
  CHECK(after["findings"].size() == 6);
  for (const Json& finding : after["findings"])
    CHECK(finding["file"] == "deploy/new.yaml");
}

TEST_CASE("a baseline survives lines that move, and is the same from anywhere") {
  const Known known;
  known.directory.write("deploy/web.yaml", "# One more line.\n---\n" + deployment("web"));
  CHECK(known.report()["findings"].empty());
  CHECK(known.lint({"--baseline=" + known.directory.path().string() + "/known.json", "deploy"}).exit_code == 0);
}

TEST_CASE("a baseline survives a file that is renamed, also into another one that was there") {
  const Known known;
  fs::rename(known.directory / "deploy/web.yaml", known.directory / "deploy/frontend.yaml");
  CHECK(known.report()["findings"].empty());
}

TEST_CASE("a second one like a known one is new") {
  const Known known;
  known.directory.write("deploy/web.yaml", deployment("web") + "---\n" + deployment("web"));
  CHECK(known.report()["findings"].size() == known.report()["suppressed"].size() / 2);
}

TEST_CASE("an entry that nothing needs any more is a finding with its place") {
  const Known known;
  known.directory.write("deploy/web.yaml", "apiVersion: v1\nkind: Service\n");
  const Json stale = known.report()["findings"];
  REQUIRE_FALSE(stale.empty());
  CHECK(stale[0]["file"] == "known.json");
  CHECK(stale[0]["rule"] == "baseline-stale");
  CHECK(stale[0]["line"] > 1);
  CHECK(known.report("deploy/api.yaml")["findings"].empty());  // the other file was not part of this run
  fs::remove(known.directory / "deploy/web.yaml");
  CHECK(known.report()["findings"].size() == stale.size());
  CHECK(known.report("deploy/api.yaml")["findings"].empty());
}

TEST_CASE("what cannot be read is never known") {
  const Known known;
  known.directory.write("deploy/broken.yaml", "apiVersion: v1\nkind: [\n");
  CHECK(known.lint({"--write-baseline=again.json", "deploy"}).exit_code == 2);
  CHECK(known.lint({"--baseline=again.json", "deploy"}).exit_code == 2);
}

TEST_CASE("a baseline that is none is an error with its place") {
  const Known known;
  known.directory.write("known.json", "{\"version\": 2, \"findings\": []}\n");
  const auto result = known.lint({"--baseline=known.json", "deploy"});
  CHECK(result.exit_code == 2);
  CHECK(result.err.find("known.json:1:") != std::string::npos);
  CHECK(known.lint({"--baseline=missing.json", "deploy"}).exit_code == 2);
  CHECK(known.lint({"--write-baseline=no/such/directory.json", "deploy"}).exit_code == 2);
}

}  // namespace dotdiag::test
