// What people really write, in testdata/ordinary and manifests/examples: about things that are in order, nothing may be
// said above a note. testdata/ordinary/expected.txt has all that is said, in a form that a person can review.
//
// Each file has a line: how many workloads were judged, and why others were not; how many requirements are lacking
// where nobody opted in (true of nearly all, and tested elsewhere), how many more a recipe asks for, and how many the
// webhook will add; which notes there are. Below it stand the findings that a team would be bothered with, each with
// its place.
#include "core/document/json.hpp"
#include "core/policy/policy.hpp"
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace dotdiag;
namespace fs = std::filesystem;

namespace {

const fs::path source_directory = test::source_path();

test::ProcessResult lint_ordinary(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {test::build_path("linter/dotdiag-lint"), "--no-config"});
  return test::run_process(arguments, {.directory = source_directory.string()});
}

/// The manifests below `directory`, as paths from the source directory, in order.
std::vector<std::string> manifests_in(const std::string& directory) {
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(source_directory / directory)) {
    const auto extension = entry.path().extension();
    if (extension == ".yaml" || extension == ".json")
      paths.push_back(entry.path().lexically_relative(source_directory).string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool is_requirement(const std::string& id) {
  const auto& policies = PolicySet::builtin().all();
  return std::any_of(policies.begin(), policies.end(), [&](const Policy& policy) { return policy.find(id); });
}

/// True for a requirement of that severity that a fix adds to a workload which did not opt in.
bool is_lacking(const Json& finding, std::string_view severity) {
  return is_requirement(finding.at("rule")) && finding.at("severity") == severity && finding.at("fixable") == true;
}

std::string shown(const Json& finding) {
  return "  " + std::to_string(finding.at("line").get<int>()) + ":" + std::to_string(finding.at("column").get<int>()) +
         ": " + finding.at("severity").get<std::string>() + ": " + finding.at("message").get<std::string>() + " [" +
         finding.at("rule").get<std::string>() + "]\n";
}

/// `; notes: uid-unknown x2, windows`; empty where there are none.
std::string listed(const std::string& heading, const std::map<std::string, int>& counts) {
  std::string text;
  for (const auto& [name, count] : counts)
    text += (text.empty() ? "; " + heading + ": " : ", ") + name + (count == 1 ? "" : " x" + std::to_string(count));
  return text;
}

/// What is said about one file.
std::string findings_of(const std::string& path) {
  const auto result = lint_ordinary({"--notes", "--format", "json", "--fail-on", "never", "--allow-empty", path});
  if (result.exit_code != 0) return path + ": exit code " + std::to_string(result.exit_code) + "\n" + result.err;
  const Json report = Json::parse(result.out);
  std::map<std::string, int> requirements;
  std::map<std::string, int> notes;
  std::string lines;
  for (const Json& finding : report.at("findings")) {
    if (is_lacking(finding, "error"))
      ++requirements["lacking"];
    else if (is_lacking(finding, "warning"))
      ++requirements["advised"];
    else if (finding.at("severity") != "note")
      lines += shown(finding);
    else if (is_requirement(finding.at("rule")))
      ++requirements["added by the webhook"];
    else
      ++notes[finding.at("rule")];
  }
  const std::map<std::string, int> not_judged = report.at("summary").at("notJudged");
  return path + ": judged " + report.at("summary").at("judged").dump() + listed("not judged", not_judged) +
         listed("requirements", requirements) + listed("notes", notes) + "\n" + lines;
}

/// The lines about `path` in `text`: its own, and the indented ones below.
std::string part_of(const std::string& text, const std::string& path) {
  const auto begin = ("\n" + text).find("\n" + path + ":");
  if (begin == std::string::npos) return {};
  auto end = text.find('\n', begin);
  while (end != std::string::npos && text.compare(end + 1, 1, " ") == 0)
    end = text.find('\n', end + 1);
  return text.substr(begin, end == std::string::npos ? end : end + 1 - begin);
}

}  // namespace

TEST_CASE("what is said about ordinary manifests is what was reviewed") {
  std::vector<std::string> paths = manifests_in("testdata/ordinary");
  for (std::string& path : manifests_in("manifests/examples"))
    paths.push_back(std::move(path));
  std::map<std::string, std::string> actual;
  std::string all;
  for (const std::string& path : paths)
    all += actual[path] = findings_of(path);

  const std::string expected = test::expected_text(test::testdata("ordinary") / "expected.txt", all);
  for (const std::string& path : paths)
    CHECK(actual.at(path) == part_of(expected, path));
  CHECK(all.size() == expected.size());  // no line about a file that is gone
}

TEST_CASE("a workload that opted in and is in order shows nothing above a note, where the webhook sees it") {
  const auto result = lint_ordinary({"--only", "opted-in", "--format", "json", "testdata/ordinary"});
  const Json report = Json::parse(result.out);
  std::set<std::string> unseen;
  for (const Json& finding : report.at("findings"))
    if (finding.at("rule") == "kind-not-sent") unseen.insert(finding.at("file").get<std::string>());
  CHECK(unseen.size() == 4);
  for (const Json& finding : report.at("findings")) {
    INFO(finding.dump());
    CHECK(unseen.count(finding.at("file").get<std::string>()) == 1);
  }
}

TEST_CASE("a workload that was prepared by hand needs no webhook") {
  for (const std::string& path : manifests_in("testdata/ordinary")) {
    if (path.find("/prepared-") == std::string::npos) continue;
    const auto result = lint_ordinary({"--no-webhook", "--fail-on", "warning", path});
    CHECK(result.out.empty());
    CHECK(result.exit_code == 0);
  }
}
