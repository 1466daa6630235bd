// Every way to say that a finding is not to be shown, wherever it can be said, and that it is noticed when nothing
// needs it any more.
#include "core/document/json.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace dotdiag::test {
namespace {

ProcessResult lint_text(const std::string& text, std::vector<std::string> arguments = {}) {
  arguments.insert(arguments.begin(), {build_path("linter/dotdiag-lint"), "--no-config", "-"});
  return run_process(arguments, {.input = text});
}

Json report_on(const std::string& text, std::vector<std::string> arguments = {}) {
  arguments.push_back("--format=json");
  return Json::parse(lint_text(text, arguments).out);
}

std::size_t count(const Json& findings, const std::string& rule) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [&](const Json& one) { return one["rule"] == rule; }));
}

std::size_t found(const Json& report, const std::string& rule) {
  return count(report["findings"], rule);
}

std::size_t suppressed(const Json& report, const std::string& rule) {
  return count(report["suppressed"], rule);
}

/// A Deployment with lines put into its places; `%` is where two blanks of indentation go for a list item.
struct Places {
  std::string on_controller = {};
  std::string on_template = {};
  std::string above_container = {};
  std::string behind_container = {};
};

std::string deployment_with(const Places& places, const std::string& indent = "") {
  const std::string lines[] = {
      "apiVersion: apps/v1",
      "kind: Deployment",
      "metadata:",
      "  name: web",
      places.on_controller,
      "spec:",
      "  template:",
      places.on_template.empty() ? "" : "    metadata:",
      places.on_template,
      "    spec:",
      "      containers:",
      places.above_container,
      "        - name: app" + places.behind_container,
      "          image: acme/web:1",
  };
  std::string text;
  for (const std::string& line : lines)
    if (!line.empty()) text += indent + line + "\n";
  return text;
}

std::string in_list(const std::string& object) {
  std::string item = object;
  item.replace(2, 2, "- ");
  return "apiVersion: v1\nkind: List\nitems:\n" + item;
}

const Places places[] = {
    {.on_controller = "  annotations: {ignore.dotdiag.io/shared-tmp: no room}"},
    {.on_template = "      annotations: {ignore.dotdiag.io/shared-tmp: no room}"},
    {.on_controller = "  annotations: {ignore.dotdiag.io/shared-tmp.app: no room}"},
    {.above_container = "        # dotdiag-lint: ignore[shared-tmp] -- no room"},
    {.above_container = "        # dotdiag-lint: ignore=shared-tmp -- no room\n        # Another comment."},
    {.behind_container = " # dotdiag-lint: ignore[shared-tmp] -- no room"},
};

}  // namespace

TEST_CASE("without a suppression the finding is there") {
  const Json report = report_on(deployment_with({}));
  CHECK(found(report, "shared-tmp") == 1);
  CHECK(report["suppressed"].empty());
}

TEST_CASE("annotations and comments suppress on controller, pod template, container and list item") {
  for (const Places& place : places) {
    for (const std::string& text : {deployment_with(place), in_list(deployment_with(place, "    "))}) {
      CAPTURE(text);
      const Json report = report_on(text);
      CHECK(found(report, "shared-tmp") == 0);
      REQUIRE(suppressed(report, "shared-tmp") == 1);
      CHECK(report["suppressed"][0]["suppressed"]["reason"] == "no room");
      CHECK(found(report, "sys-ptrace") == 1);
      CHECK(found(report, "suppression-unused") == 0);
    }
  }
}

TEST_CASE("a comment without a rule suppresses all of its line, and with several each of them") {
  const Json all = report_on(deployment_with({.behind_container = " # dotdiag-lint: ignore -- somebody else's"}));
  CHECK(suppressed(all, "shared-tmp") + suppressed(all, "sys-ptrace") == 2);
  const Json two = report_on(deployment_with({.behind_container = " # dotdiag-lint: ignore[shared-tmp, sys-ptrace]"}));
  CHECK(suppressed(two, "shared-tmp") + suppressed(two, "sys-ptrace") == 2);
  CHECK(found(two, "suppression-unused") == 0);
}

TEST_CASE("a suppression that nothing needs is a finding") {
  const Places unneeded[] = {
      {.on_controller = "  annotations: {ignore.dotdiag.io/tmp-mount-read-only: x}"},
      {.on_template = "      annotations: {ignore.dotdiag.io/tmp-mount-read-only: x}"},
      {.on_controller = "  annotations: {ignore.dotdiag.io/shared-tmp.other: x}"},
      {.above_container = "        # dotdiag-lint: ignore[tmp-mount-read-only]"},
      {.behind_container = " # dotdiag-lint: ignore[shared-tmp, tmp-mount-read-only]"},
  };
  for (const Places& place : unneeded) {
    for (const std::string& text : {deployment_with(place), in_list(deployment_with(place, "    "))}) {
      CAPTURE(text);
      CHECK(found(report_on(text), "suppression-unused") == 1);
      CHECK(found(report_on(text, {"--ignore=suppression-unused"}), "suppression-unused") == 0);
    }
  }
}

TEST_CASE("of a rule that is left out nobody can tell whether its suppression is needed") {
  const std::string text = deployment_with({.on_controller = "  annotations: {ignore.dotdiag.io/shared-tmp: x}"});
  CHECK(found(report_on(text, {"--ignore=shared-tmp"}), "suppression-unused") == 0);
}

TEST_CASE("a suppression that means nothing is a finding") {
  const Places meaningless[] = {
      {.on_controller = "  annotations: {ignore.dotdiag.io/shared-temp: x}"},
      {.above_container = "        # dotdiag-lint: ignore[shared-temp]"},
      {.above_container = "        # dotdiag-lint: disable shared-tmp"},
      {.above_container = "        # dotdiag-lint: ignore shared-tmp"},
  };
  for (const Places& place : meaningless) {
    const Json report = report_on(deployment_with(place));
    CAPTURE(deployment_with(place));
    CHECK(found(report, "suppression-invalid") == 1);
    CHECK(found(report, "shared-tmp") == 1);
  }
}

TEST_CASE("what only looks like a comment suppresses nothing") {
  const std::string text = deployment_with({}) + "          args: ['# dotdiag-lint: ignore']\n";
  CHECK(report_on(text)["suppressed"].empty());
}

TEST_CASE("the option --fix leaves alone what is suppressed, and mends the rest") {
  for (const Places& place : places) {
    const std::string mended = lint_text(deployment_with(place), {"--fix"}).out;
    CAPTURE(mended);
    CHECK(mended.find("SYS_PTRACE") != std::string::npos);
    CHECK(mended.find("emptyDir") == std::string::npos);
  }
}

TEST_CASE("the exit code is that of what is shown") {
  const std::string text = deployment_with({.on_controller = "  annotations: {ignore.dotdiag.io/shared-tmp: x}"});
  CHECK(lint_text(text, {"--select=shared-tmp"}).exit_code == 0);
  CHECK(lint_text(text, {"--select=share-process-namespace"}).exit_code == 1);
}

TEST_CASE("rules are chosen by id and by beginning, and the longest decides") {
  const auto errors = [](const std::vector<std::string>& arguments) {
    const Json report = report_on(deployment_with({}), arguments);
    return std::pair(found(report, "shared-tmp"), found(report, "share-process-namespace"));
  };
  CHECK(errors({"--select=share"}) == std::pair<std::size_t, std::size_t>(1, 1));
  CHECK(errors({"--select=shared-"}) == std::pair<std::size_t, std::size_t>(1, 0));
  CHECK(errors({"--ignore=share"}) == std::pair<std::size_t, std::size_t>(0, 0));
  CHECK(errors({"--ignore=share", "--extend-select=shared-tmp"}) == std::pair<std::size_t, std::size_t>(1, 0));
  CHECK(errors({"--select=share,sys-ptrace", "--ignore=shared-tmp"}) == std::pair<std::size_t, std::size_t>(0, 1));
  for (const std::string wrong : {"--select=nonsense", "--ignore=nonsense", "--extend-select=nonsense",
                                  "--severity=nonsense=error", "--severity=shared-tmp", "--severity=shared-tmp=bad"})
    CHECK(lint_text(deployment_with({}), {wrong}).exit_code == 2);
}

TEST_CASE("what is left out is not mended either") {
  const std::string mended = lint_text(deployment_with({}), {"--fix", "--ignore=shared-tmp,tmpdir"}).out;
  CHECK(mended.find("SYS_PTRACE") != std::string::npos);
  CHECK(mended.find("emptyDir") == std::string::npos);
}

TEST_CASE("a severity can be overruled") {
  const Json report = report_on(deployment_with({}), {"--severity=shared-tmp=warning"});
  for (const Json& finding : report["findings"])
    if (finding["rule"] == "shared-tmp") CHECK(finding["severity"] == "warning");
  CHECK(lint_text(deployment_with({}), {"--select=shared-tmp", "--severity=shared-tmp=warning"}).exit_code == 0);
}

}  // namespace dotdiag::test
