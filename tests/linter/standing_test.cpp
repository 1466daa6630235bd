// How workloads stand with the requirements that they were held against, as the table of the HTML page has it.
#include "linter/lint_file.hpp"

#include <catch2/catch.hpp>

#include <memory>

namespace dotdiag::test {
namespace {

using Standing = WorkloadReport::Standing;

/// The report on a Deployment with `container` in its container and `annotations`.
WorkloadReport report_on(const std::string& container, const std::string& annotations = "") {
  Input input;
  input.path = "web.yaml";
  input.bytes = std::make_shared<const std::string>(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, annotations: {" + annotations +
      "}}\nspec: {template: {spec: {containers: [{name: web, image: r/web" + container + "}]}}}\n");
  FileSettings settings;
  settings.lint.ways = LintSettings::Ways::all;
  const FileResult result = lint_file(input, settings);
  REQUIRE(result.report.workloads.size() == 1);
  return result.report.workloads.front();
}

}  // namespace

TEST_CASE("what a rule says better is no requirement that is met") {
  const WorkloadReport report = report_on(", env: [{name: DOTNET_EnableDiagnostics, value: '0'}]");
  CHECK(report.requirements.at("diagnostics-enabled").worst == Severity::error);
  CHECK(report.requirements.at("tmpdir").worst == Severity::warning);
  CHECK_FALSE(report.is_added);
}

TEST_CASE("what is there is met, and what is suppressed is neither met nor missing") {
  const WorkloadReport report =
      report_on(", env: [{name: TMPDIR, value: /tmp}]", "ignore.dotdiag.io/shared-tmp: 'no disk'");
  CHECK_FALSE(report.requirements.at("tmpdir").worst);
  CHECK_FALSE(report.requirements.at("tmpdir").is_suppressed);
  CHECK_FALSE(report.requirements.at("shared-tmp").worst);
  CHECK(report.requirements.at("shared-tmp").is_suppressed);
}

TEST_CASE("what the webhook will add is a note, and the report says by whom") {
  const WorkloadReport report = report_on("", "dotdiag.io/inject: 'true'");
  CHECK(report.requirements.at("shared-tmp").worst == Severity::note);
  CHECK(report.is_added);
}

}  // namespace dotdiag::test
