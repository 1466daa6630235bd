// Every format: what it writes for a finding, and that no name or message breaks out of it.
#include "core/document/json.hpp"
#include "core/document/utf.hpp"
#include "linter/fingerprint.hpp"
#include "linter/report/xml.hpp"
#include "linter/reports.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

namespace dotdiag::test {
namespace {

Finding example_finding() {
  Finding finding;
  finding.file = "deploy/web.yaml";
  finding.begin = {12, 9};
  finding.end = {12, 13};
  finding.byte_column = 10;
  finding.severity = Severity::error;
  finding.rule = "shared-tmp";
  finding.message = "nothing is shared";
  finding.remedy = "mount a volume";
  finding.kind = "Deployment";
  finding.name = "web";
  finding.container = "app";
  finding.fixable = true;
  finding.fix = {{{14, 1}, {14, 1}, "          env: []\n"}, {{20, 1}, {21, 1}, "      volumes: []\n"}};
  finding.whole_fix = {{14, 1}, {21, 1}, "          env: []\n...\n      volumes: []\n"};
  return finding;
}

Finding hostile_finding() {
  Finding finding = example_finding();
  finding.file = "a,b:c%\n::error::\"<&>']]>\x01\xff.yaml";
  finding.message = "100% of <b> & \"c\"\r\n::set-env name=x::y \x1b[2J ]]> \xff";
  finding.name = "w\n,::";
  return finding;
}

std::string report_of(std::string_view format, const FileReport& file, const ReportStyle& style = {}) {
  std::ostringstream out;
  const auto report = find_report_format(format)->open(out, style);
  report->file(file);
  report->finish({});
  return out.str();
}

std::string report_of(std::string_view format, const Finding& finding) {
  return report_of(format, FileReport{finding.file, {finding}, {}, {}});
}

bool has_controls(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (static_cast<unsigned char>(c) < ' ' && c != '\n') || c == '\x7f'; });
}

}  // namespace

TEST_CASE("whatever a finding holds, each format is UTF-8, and turns no text round") {
  Finding finding = hostile_finding();
  finding.message +=
      " \xc2\x9b"
      "2J \u202e\u2066";
  finding.remedy = "write \xfe";
  for (const ReportFormat& format : report_formats()) {
    CAPTURE(format.name);
    const std::string report = report_of(format.name, finding);
    CHECK(valid_utf8_prefix(report) == report.size());
  }
  for (const std::string format : {"text", "concise", "github"}) {
    CAPTURE(format);
    const std::string report = report_of(format, finding);
    CHECK(report.find("\\u009b2J \\u202e\\u2066") != std::string::npos);
    CHECK(report.find("]]> \\xff") != std::string::npos);
    CHECK(report.find("\u202e") == std::string::npos);
  }
}

TEST_CASE("concise is one line a finding, whatever is in it") {
  CHECK(report_of("concise", example_finding()) == "deploy/web.yaml:12:9: error: nothing is shared [shared-tmp]\n");
  const std::string hostile = report_of("concise", hostile_finding());
  CHECK(std::count(hostile.begin(), hostile.end(), '\n') == 1);
  CHECK_FALSE(has_controls(hostile));
}

TEST_CASE("json lines are findings, and at the end the summary") {
  std::istringstream lines(report_of("json-lines", hostile_finding()));
  std::string line;
  REQUIRE(std::getline(lines, line));
  CHECK(Json::parse(line)["type"] == "finding");
  CHECK(Json::parse(line)["line"] == 12);
  REQUIRE(std::getline(lines, line));
  CHECK(Json::parse(line)["type"] == "summary");
  CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("sarif has what GitHub wants of a result") {
  const Json sarif = Json::parse(report_of("sarif", example_finding()));
  CHECK(sarif["version"] == "2.1.0");
  const Json& run = sarif["runs"][0];
  const Json& result = run["results"][0];
  CHECK(result["ruleId"] == "shared-tmp");
  CHECK(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"] == "shared-tmp");
  const Json& place = result["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "deploy/web.yaml");
  CHECK(place["region"] == Json({{"startLine", 12}, {"startColumn", 9}, {"endLine", 12}, {"endColumn", 13}}));
  CHECK(result["fixes"][0]["artifactChanges"][0]["replacements"].size() == 2);
  CHECK_FALSE(result.contains("suppressions"));
  CHECK(Json::parse(report_of("sarif", FileReport{}))["runs"][0]["results"] == Json::array());
}

TEST_CASE("sarif writes file names as URIs, and a whole file as its first line") {
  Finding finding = hostile_finding();
  finding.begin = finding.end = {};
  const Json sarif = Json::parse(report_of("sarif", finding));
  const Json& place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3A%22%3C%26%3E%27%5D%5D%3E%01%FF.yaml");
  CHECK(place["region"] == Json({{"startLine", 1}}));
}

TEST_CASE("what is suppressed is in sarif with its reason, and skipped in junit") {
  Finding finding = example_finding();
  finding.suppression = Suppression{Suppression::Where::manifest, "no disk there"};
  const FileReport file{"web.yaml", {}, {finding}, {}};
  const Json sarif = Json::parse(report_of("sarif", file));
  CHECK(sarif["runs"][0]["results"][0]["suppressions"] ==
        Json::array({{{"kind", "inSource"}, {"status", "accepted"}, {"justification", "no disk there"}}}));
  CHECK(report_of("junit", file).find("<skipped message=\"no disk there\"/>") != std::string::npos);
  CHECK(Json::parse(report_of("json", file))["suppressed"][0]["suppressed"]["reason"] == "no disk there");
  for (const std::string format : {"text", "concise", "github"})
    CHECK(report_of(format, file).empty());
}

TEST_CASE("commands for GitHub survive percent signs, line breaks, commas and colons") {
  CHECK(report_of("github", example_finding()) ==
        "::error title=dotdiag-lint (shared-tmp),file=deploy/web.yaml,line=12,endLine=12,col=9,endColumn=13"
        "::deploy/web.yaml:12:9: nothing is shared [shared-tmp]%0Ahelp: mount a volume\n");
  const std::string hostile = report_of("github", hostile_finding());
  CHECK(std::count(hostile.begin(), hostile.end(), '\n') == 1);
  CHECK(hostile.find(",file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3A\"") != std::string::npos);
  CHECK_FALSE(has_controls(hostile));
}

TEST_CASE("GitHub shows few annotations, so the worst come first") {
  Finding note = example_finding();
  note.severity = Severity::note;
  const std::string report = report_of("github", FileReport{"web.yaml", {note, example_finding()}, {}, {}});
  CHECK(report.find("::error ") < report.find("::notice "));
}

TEST_CASE("gitlab is an array of findings whose fingerprints differ") {
  CHECK(report_of("gitlab", FileReport{}) == "[]\n");
  const Json report = Json::parse(report_of("gitlab", FileReport{"w", {example_finding(), example_finding()}, {}, {}}));
  REQUIRE(report.size() == 2);
  CHECK(report[0]["description"] == "shared-tmp: nothing is shared");
  CHECK(report[0]["severity"] == "major");
  CHECK(report[0]["location"]["lines"]["begin"] == 12);
  CHECK(report[0]["fingerprint"] != report[1]["fingerprint"]);
  CHECK(Json::parse(report_of("gitlab", hostile_finding())).size() == 1);
}

TEST_CASE("a fingerprint stays where lines move, and tells findings apart") {
  Fingerprints fingerprints;
  Finding finding = example_finding();
  const std::string first = fingerprints.of("web.yaml", finding);
  CHECK(first.size() == 16);
  finding.begin.line = 99;
  finding.message = "worded anew";
  CHECK(Fingerprints().of("web.yaml", finding) == first);
  finding.container = "other";
  CHECK(Fingerprints().of("web.yaml", finding) != first);
  CHECK(Fingerprints().of("other.yaml", example_finding()) != first);
}

TEST_CASE("junit fails what fails the run, and passes what does not") {
  Finding warning = example_finding();
  warning.severity = Severity::warning;
  Finding broken = example_finding();
  broken.not_processed = true;
  const FileReport file{"web.yaml", {example_finding(), warning, broken}, {}, {}};
  CHECK(report_of("junit", file).find("tests=\"3\" failures=\"1\" errors=\"1\" skipped=\"0\"") != std::string::npos);
  const ReportStyle strict{.color = false, .snippets = false, .fail_on = Severity::warning};
  CHECK(report_of("junit", file, strict).find("tests=\"3\" failures=\"2\" errors=\"1\"") != std::string::npos);
  const ReportStyle never{.color = false, .snippets = false, .fail_on = std::nullopt};
  CHECK(report_of("junit", file, never).find("tests=\"3\" failures=\"0\" errors=\"1\"") != std::string::npos);
  CHECK(report_of("junit", FileReport{"clean.yaml", {}, {}, {}}).find("tests=\"1\" failures=\"0\"") !=
        std::string::npos);
}

TEST_CASE("XML holds whatever a name holds") {
  CHECK(xml_escaped("a<b>&\"'") == "a&lt;b&gt;&amp;&quot;&#39;");
  CHECK(xml_escaped("\x01\x1b\n\t\xff\xef\xbf\xbf") == "\xEF\xBF\xBD\xEF\xBF\xBD&#10;&#9;\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(xml_escaped("\xc3\xa9\xf0\x9f\x98\x80") == "\xc3\xa9\xf0\x9f\x98\x80");
  for (const std::string format : {"junit", "checkstyle"})
    CHECK_FALSE(has_controls(report_of(format, hostile_finding())));
}

TEST_CASE("checkstyle names rule, place and severity") {
  CHECK(report_of("checkstyle", example_finding()) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n"
        "  <file name=\"deploy/web.yaml\">\n"
        "    <error line=\"12\" column=\"9\" severity=\"error\" message=\"nothing is shared\""
        " source=\"dotdiag-lint.shared-tmp\"/>\n  </file>\n</checkstyle>\n");
}

TEST_CASE("rdjson counts columns in bytes, and suggests the whole fix") {
  const Json report = Json::parse(report_of("rdjson", example_finding()));
  const Json& diagnostic = report["diagnostics"][0];
  CHECK(diagnostic["location"]["range"]["start"] == Json({{"line", 12}, {"column", 10}}));
  CHECK(diagnostic["suggestions"][0]["range"]["end"] == Json({{"line", 21}, {"column", 1}}));
  CHECK(Json::parse(report_of("rdjson", hostile_finding()))["diagnostics"].size() == 1);
}

TEST_CASE("a target is a format, or a format and a file") {
  CHECK(report_target("sarif").file.empty());
  CHECK(report_target("sarif=out/a=b.sarif").file == "out/a=b.sarif");
  CHECK_THROWS(report_target("xml"));
  CHECK_THROWS(report_target("sarif="));
}

TEST_CASE("on GitHub Actions findings are annotations, without being asked for") {
  const auto github = [](std::string_view) { return std::string("true"); };
  const auto elsewhere = [](std::string_view) { return std::string(); };
  CHECK(usual_target(github).format->name == "github");
  CHECK(usual_target(elsewhere).format->name == "text");
}

}  // namespace dotdiag::test
