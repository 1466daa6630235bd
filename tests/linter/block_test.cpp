// What a container lacks, as a terminal shows it.
#include "linter/diagnosis.hpp"
#include "linter/report.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace dotdiag;

namespace {

std::shared_ptr<Diagnosis> diagnosis(const std::string& container, std::size_t line) {
  auto one = std::make_shared<Diagnosis>();
  one->container = container;
  one->policy = "dotnet-dump";
  one->asked = 6;
  one->place.file = "web.yaml";
  one->place.begin = {line, 9};
  one->place.excerpt = {"      - name: " + container, 9, 6 + container.size()};
  return one;
}

Finding part(const std::shared_ptr<Diagnosis>& of, Severity severity, const std::string& rule,
             const std::string& what) {
  Finding finding;
  finding.file = "web.yaml";
  finding.begin = of->place.begin;
  finding.severity = severity;
  finding.rule = rule;
  finding.message = "container `" + of->container + "` " + what;
  finding.remedy = "mend it";
  finding.fixable = true;
  finding.container = of->container;
  finding.diagnosis = of;
  return finding;
}

std::vector<Finding> bare(const std::shared_ptr<Diagnosis>& of) {
  return {part(of, Severity::warning, "tmpdir", "does not set TMPDIR=/tmp"),
          part(of, Severity::error, "shared-tmp", "has no volume at /tmp")};
}

std::string shown(const std::vector<Finding>& findings, bool snippets = true) {
  std::ostringstream out;
  const auto report = find_report_format("text")->open(out, {.color = false, .snippets = snippets});
  report->file({"web.yaml", findings, {}, {}});
  report->finish({});
  return out.str();
}

}  // namespace

TEST_CASE("all that one container lacks is one block, the worst first") {
  CHECK(shown(bare(diagnosis("web", 12))) ==
        "web.yaml:12:9: error: `web` is not prepared for dotnet-dump: 2 of 6 prerequisites are missing\n"
        "   12 |       - name: web\n"
        "      |         ^^^^^^^^^\n"
        "      = error: has no volume at /tmp [shared-tmp]\n"
        "      = warning: does not set TMPDIR=/tmp [tmpdir]\n");
}

TEST_CASE("a block says what --fix would write") {
  const auto web = diagnosis("web", 12);
  web->fix = {{' ', 13, "        image: web"}, {'+', 13, "        env: []"}};
  const std::string report = shown(bare(web));
  CHECK(report.find("      = --fix changes:\n"
                    "   13 |         image: web\n"
                    "      +         env: []\n") != std::string::npos);
}

TEST_CASE("a block says what to do where --fix does not, and in which line something stands in the way") {
  Finding contrary = part(diagnosis("web", 12), Severity::error, "diagnostics-enabled", "sets X=0");
  contrary.fixable = false;
  contrary.begin.line = 15;
  CHECK(shown({contrary}).find("= error: line 15: sets X=0: mend it [diagnostics-enabled]\n") != std::string::npos);
}

TEST_CASE("where only safeguards are missing a block says that the container is prepared") {
  const auto web = diagnosis("web", 12);
  const std::string report = shown({bare(web).front()});
  CHECK(report.find("warning: `web` is prepared for dotnet-dump, but for 1 of 6 prerequisites, which most nodes and "
                    "images do without\n") != std::string::npos);
}

TEST_CASE("what the webhook will add is no complaint") {
  const auto web = diagnosis("web", 12);
  web->is_added = true;
  const std::string report = shown({part(web, Severity::note, "tmpdir", "does not set TMPDIR=/tmp")});
  CHECK(report.find("note: `web` is made ready for dotnet-dump by the webhook, which adds 1 of 6 prerequisites\n") !=
        std::string::npos);
  CHECK(report.find("mend it") == std::string::npos);
}

TEST_CASE("what was said of one container of a file is said of another in one line") {
  std::vector<Finding> findings = bare(diagnosis("web", 12));
  for (Finding& finding : bare(diagnosis("api", 40)))
    findings.push_back(std::move(finding));
  const std::string report = shown(findings);
  CHECK(
      report.find(
          "web.yaml:40:9: error: `api` is not prepared for dotnet-dump: 2 of 6 prerequisites are missing, the same as "
          "of `web` in line 12\n") != std::string::npos);
  CHECK(report.find("- name: api") == std::string::npos);
}

TEST_CASE("the same message about another workload of the file comes without its snippet") {
  Finding finding = part(diagnosis("web", 12), Severity::warning, "debug-image-eol", "is old");
  finding.diagnosis = nullptr;
  finding.excerpt = {"image: old", 1, 5};
  Finding other = finding;
  other.message = "container `api` is old";
  const std::string report = shown({finding, other});
  CHECK(report.find("warning: container `api` is old [debug-image-eol]\n") != std::string::npos);
  CHECK(report.find("image: old") == report.rfind("image: old"));
}

TEST_CASE("away from a terminal each part is a line of its own") {
  CHECK(shown(bare(diagnosis("web", 12)), false) ==
        "web.yaml:12:9: warning: container `web` does not set TMPDIR=/tmp [tmpdir]\n"
        "web.yaml:12:9: error: container `web` has no volume at /tmp [shared-tmp]\n");
}
