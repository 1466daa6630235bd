#include "linter/report.hpp"
#include "core/document/json.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace dotdiag;

namespace {

Finding example_finding() {
  Finding finding;
  finding.file = "web.yaml";
  finding.begin = {12, 9};
  finding.end = {12, 13};
  finding.severity = Severity::error;
  finding.rule = "shared-tmp";
  finding.message = "nothing is shared";
  finding.remedy = "mount a volume";
  finding.kind = "Deployment";
  finding.name = "web";
  finding.excerpt = {"      - name: web", 9, 4};
  return finding;
}

std::string report_of(std::string_view format, const std::vector<Finding>& findings, const ReportStyle& style = {}) {
  std::ostringstream out;
  const auto report = find_report_format(format)->open(out, style);
  report->file({"web.yaml", findings, {}, {}});
  report->file({"clean.yaml", {}, {}, {}});
  report->finish({});
  return out.str();
}

}  // namespace

TEST_CASE("text is one line a finding") {
  CHECK(report_of("text", {example_finding()}) == "web.yaml:12:9: error: nothing is shared [shared-tmp]\n");
  CHECK(report_of("text", {}).empty());
}

TEST_CASE("a finding about a whole file has no position") {
  Finding finding = example_finding();
  finding.begin = finding.end = {};
  finding.severity = Severity::warning;
  CHECK(report_of("text", {finding}) == "web.yaml: warning: nothing is shared [shared-tmp]\n");
}

TEST_CASE("a snippet shows the line, a caret below the place, and the remedy") {
  CHECK(report_of("text", {example_finding()}, {.color = false, .snippets = true}) ==
        "web.yaml:12:9: error: nothing is shared [shared-tmp]\n"
        "   12 |       - name: web\n"
        "      |         ^^^^\n"
        "      = help: mount a volume\n");
}

TEST_CASE("the caret stands below its character behind tabs and characters of several bytes") {
  Finding finding = example_finding();
  finding.excerpt = {"\t\u00e9\u00e9: x", 4, 1};
  const std::string report = report_of("text", {finding}, {.color = false, .snippets = true});
  CHECK(report.find("   12 | \t\u00e9\u00e9: x\n      | \t  ^\n") != std::string::npos);
}

TEST_CASE("colours come only where asked for") {
  CHECK(report_of("text", {example_finding()}, {.color = true}).find("\033[1;31merror: \033[0m") != std::string::npos);
  CHECK(report_of("text", {example_finding()}).find('\033') == std::string::npos);
}

TEST_CASE("a manifest cannot drive the terminal") {
  Finding finding = example_finding();
  finding.message = "image \033[2J\n is odd";
  finding.excerpt.text = "image:\t\033[2J\u202e!";
  const std::string report = report_of("text", {finding}, {.color = false, .snippets = true});
  CHECK(report.find('\033') == std::string::npos);
  CHECK(report.find("image \\x1b[2J\\x0a is odd") != std::string::npos);
  CHECK(report.find("image:\t?[2J?!") != std::string::npos);
}

TEST_CASE("json is one document, with no finding, one, or more") {
  CHECK(Json::parse(report_of("json", {}))["findings"].empty());
  const Json report = Json::parse(report_of("json", {example_finding(), example_finding()}));
  CHECK(report["version"] == 1);
  REQUIRE(report["findings"].size() == 2);
  const Json& finding = report["findings"][1];
  CHECK(finding["line"] == 12);
  CHECK(finding["endColumn"] == 13);
  CHECK(finding["severity"] == "error");
  CHECK(finding["workload"]["kind"] == "Deployment");
  CHECK(report["summary"]["errors"] == 0);
}

TEST_CASE("json stays valid UTF-8 where a file's name is not") {
  Finding finding = example_finding();
  finding.file = "a\xff\"b.yaml";
  CHECK(Json::parse(report_of("json", {finding}))["findings"][0]["file"] == "a\xef\xbf\xbd\"b.yaml");
}

TEST_CASE("an unknown format is none") {
  CHECK(find_report_format("xml") == nullptr);
}
