#include "linter/run.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

using Fix = FileSettings::Fix;

struct Example {
  std::size_t errors, warnings, notes, unreadable, changed_files;
  std::optional<Severity> fail_on;
  Fix fix;
  int expected;
};

}  // namespace

TEST_CASE("the exit code says clean, findings, or not processed") {
  const Example examples[] = {
      {0, 0, 0, 0, 0, Severity::error, Fix::no, 0},        {1, 0, 0, 0, 0, Severity::error, Fix::no, 1},
      {0, 1, 0, 0, 0, Severity::error, Fix::no, 0},        {0, 1, 0, 0, 0, Severity::warning, Fix::no, 1},
      {1, 0, 0, 0, 0, Severity::warning, Fix::no, 1},      {0, 0, 1, 0, 0, Severity::warning, Fix::no, 0},
      {0, 0, 1, 0, 0, Severity::note, Fix::no, 1},         {9, 9, 9, 0, 0, std::nullopt, Fix::no, 0},
      {9, 9, 9, 1, 0, std::nullopt, Fix::no, 2},           {0, 0, 0, 1, 0, Severity::error, Fix::no, 2},
      {0, 0, 0, 0, 1, Severity::error, Fix::write, 0},     {1, 0, 0, 0, 1, Severity::error, Fix::write, 1},
      {0, 0, 0, 0, 1, Severity::error, Fix::show_diff, 1}, {0, 0, 0, 0, 1, std::nullopt, Fix::show_diff, 1},
      {0, 0, 0, 0, 0, Severity::error, Fix::show_diff, 0}, {0, 0, 0, 1, 1, Severity::error, Fix::show_diff, 2},
  };
  for (const Example& example : examples) {
    CAPTURE(&example - examples);
    Summary summary;
    summary.errors = example.errors;
    summary.warnings = example.warnings;
    summary.notes = example.notes;
    summary.unreadable = example.unreadable;
    summary.changed_files = example.changed_files;
    RunSettings settings;
    settings.fail_on = example.fail_on;
    settings.file.fix = example.fix;
    CHECK(exit_code(summary, settings) == example.expected);
  }
}

TEST_CASE("the summary is one line that leaves nothing out") {
  Summary summary;
  CHECK(summary.text() == "0 files, 0 workloads judged: 0 errors, 0 warnings, 0 notes");
  summary.files = 3;
  summary.judged = 4;
  summary.not_judged["opted out"] = 1;
  summary.errors = 6;
  summary.notes = summary.hidden = 2;
  summary.fixable = 6;
  CHECK(summary.text() ==
        "3 files, 4 workloads judged, 1 not judged (1 opted out): 6 errors, 0 warnings, 2 notes hidden; 6 fixable with "
        "--fix");
  summary.not_judged["Windows"] = 2;
  summary.warnings = summary.unreadable = summary.other_documents = summary.changed_files = 1;
  summary.fixed = 5;
  summary.fixable = 0;
  CHECK(summary.text() ==
        "3 files, 4 workloads judged, 3 not judged (2 Windows, 1 opted out), 1 other document, 1 not processed: "
        "6 errors, 1 warning, 2 notes hidden; 5 fixed in 1 file");
}
