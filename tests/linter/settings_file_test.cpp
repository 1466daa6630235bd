// What a settings file says about rules and files, seen through the program.
#include "core/document/json.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

namespace dotdiag::test {
namespace {

std::string deployment_named(const std::string& name) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name +
         "}\nspec: {template: {spec: {containers: [{name: app, image: acme/web:1}]}}}\n";
}

/// A repository with a settings file.
struct Repository {
  TemporaryDirectory directory;

  explicit Repository(const std::string& settings) {
    directory.write(".git/HEAD", "");
    directory.write(".dotdiag-lint.yaml", settings);
    directory.write("deploy/web.yaml", deployment_named("web"));
    directory.write("vendor/legacy.yaml", deployment_named("legacy"));
  }

  ProcessResult lint(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), build_path("linter/dotdiag-lint"));
    return run_process(arguments, {.directory = directory.path().string()});
  }

  Json report(std::vector<std::string> arguments = {"."}) const {
    arguments.push_back("--format=json");
    const ProcessResult result = lint(arguments);
    INFO(result.err);
    return Json::parse(result.out);
  }
};

std::size_t count(const Json& findings, const std::string& file, const std::string& rule) {
  return static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(), [&](const Json& one) { return one["file"] == file && one["rule"] == rule; }));
}

}  // namespace

TEST_CASE("a settings file chooses rules, severities and what fails") {
  const Repository repository("select: [shared-tmp, tmpdir]\nignore: [tmpdir]\nseverity: {shared-tmp: warning}\n");
  const Json report = repository.report();
  CHECK(report["findings"].size() == 2);
  CHECK(report["findings"][0]["severity"] == "warning");
  CHECK(repository.lint({"."}).exit_code == 0);
  CHECK(repository.lint({"--fail-on=warning", "."}).exit_code == 1);
  CHECK(repository.lint({"--select=share-process-namespace", "--no-config", "."}).exit_code == 1);
  const Repository strict("failOn: warning\nselect: [shared-tmp]\nseverity: {shared-tmp: warning}\n");
  CHECK(strict.lint({"."}).exit_code == 1);
  CHECK(strict.lint({"--fail-on=never", "."}).exit_code == 0);
}

TEST_CASE("a rule that does not exist is an error with its place") {
  for (const std::string settings :
       {"ignore:\n  - nonsense\n", "severity:\n  nonsense: error\n", "ignores:\n  - {rule: nonsense, reason: x}\n"}) {
    const auto result = Repository(settings).lint({"."});
    CHECK(result.exit_code == 2);
    CHECK(result.err.find(".dotdiag-lint.yaml:2:") != std::string::npos);
  }
}

TEST_CASE("some rules do not speak in some files") {
  const Repository repository("perFileIgnores:\n  - {files: [vendor/], rules: [shared-]}\n");
  const Json report = repository.report();
  CHECK(count(report["findings"], "deploy/web.yaml", "shared-tmp") == 1);
  CHECK(count(report["findings"], "vendor/legacy.yaml", "shared-tmp") == 0);
  CHECK(count(report["findings"], "vendor/legacy.yaml", "sys-ptrace") == 1);
}

TEST_CASE("what is excluded is not looked at in directories; what is named is, unless that is forced") {
  const Repository repository("exclude: [vendor/]\n");
  CHECK(repository.report()["summary"]["files"] == 1);
  CHECK(repository.report({"vendor/legacy.yaml"})["summary"]["files"] == 1);
  CHECK(repository.report({"--force-exclude", "vendor/legacy.yaml", "deploy/web.yaml"})["summary"]["files"] == 1);
  CHECK(repository.report({"--exclude=deploy/*.yaml", "--no-config", "."})["summary"]["files"] == 1);
}

TEST_CASE("a central suppression needs a reason, counts for what it names, and is noticed when nothing needs it") {
  const Repository repository(
      "ignores:\n"
      "  - {rule: shared-tmp, kind: Deployment, name: 'leg*', container: app, path: vendor/, reason: not ours}\n"
      "  - {rule: tmp-mount-read-only, name: web, reason: was one once}\n"
      "  - {rule: tmp-mount-read-only, name: elsewhere, reason: not part of this run}\n");
  const Json report = repository.report();
  CHECK(count(report["findings"], "vendor/legacy.yaml", "shared-tmp") == 0);
  CHECK(count(report["suppressed"], "vendor/legacy.yaml", "shared-tmp") == 1);
  CHECK(report["suppressed"][0]["suppressed"]["reason"] == "not ours");
  CHECK(count(report["findings"], "deploy/web.yaml", "shared-tmp") == 1);
  CHECK(count(report["findings"], ".dotdiag-lint.yaml", "suppression-unused") == 1);
  CHECK(Repository("ignores: [{rule: shared-tmp}]\n").lint({"."}).exit_code == 2);
}

TEST_CASE("a central suppression ends on its day, and says so") {
  const Repository over("ignores: [{rule: shared-tmp, reason: until the move, expires: 2020-01-31}]\n");
  const Json report = over.report();
  CHECK(count(report["findings"], "deploy/web.yaml", "shared-tmp") == 1);
  CHECK(count(report["findings"], ".dotdiag-lint.yaml", "suppression-expired") == 1);
  const Repository ahead("ignores: [{rule: shared-tmp, reason: until the move, expires: 2999-01-31}]\n");
  CHECK(count(ahead.report()["findings"], "deploy/web.yaml", "shared-tmp") == 0);
}

TEST_CASE("the option --fix leaves alone what the settings file suppresses") {
  const Repository repository("ignores: [{rule: shared-tmp, reason: x}, {rule: tmpdir, reason: x}]\n");
  const std::string diff = repository.lint({"--diff", "deploy/web.yaml"}).out;
  CHECK(diff.find("SYS_PTRACE") != std::string::npos);
  CHECK(diff.find("emptyDir") == std::string::npos);
}

TEST_CASE("each file has the nearest settings file above it") {
  const Repository repository("select: [shared-tmp]\n");
  repository.directory.write("vendor/.dotdiag-lint.yaml", "select: [tmpdir]\n");
  for (const std::vector<std::string>& paths :
       {std::vector<std::string>{"."}, std::vector<std::string>{"deploy", "vendor"}}) {
    const Json findings = repository.report(paths)["findings"];
    CHECK(findings.size() == 2);
    CHECK(count(findings, "deploy/web.yaml", "shared-tmp") == 1);
    CHECK(count(findings, "vendor/legacy.yaml", "tmpdir") == 1);
  }
  CHECK(repository.report({"--config=.dotdiag-lint.yaml", "vendor"})["findings"][0]["rule"] == "shared-tmp");
  CHECK(repository.report({"--no-config", "vendor"})["findings"].size() > 2);
}

}  // namespace dotdiag::test
