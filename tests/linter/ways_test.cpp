// The ways that the linter tells of are those of the planner: what it promises, dotdiag-patch makes a plan for, and
// what it says is closed, dotdiag-patch refuses. Held against every example and thousands of random workloads.
#include "core/document/own_document.hpp"
#include "core/document/reader.hpp"
#include "core/ephemeral/plan.hpp"
#include "linter/lint.hpp"
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"
#include "tests/support/pod_generator.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <map>

namespace dotdiag::test {
namespace {

namespace fs = std::filesystem;

/// How often each mode was promised.
using Promises = std::map<std::string, int>;

LintSettings as_written() {
  LintSettings settings;
  settings.ways = LintSettings::Ways::all;
  settings.webhook = false;
  settings.scope.all = true;
  return settings;
}

/// What dotdiag-patch says of one way into one container.
bool is_planned(const Json& document, const Workload& workload, const std::string& policy, const std::string& container,
                std::string_view mode) {
  DebuggerChoices choices;
  choices.debugger = DebuggerKind::native;
  choices.container = container;
  choices.mode = mode_named(mode);
  return plan_debugger(*PolicySet::builtin().find(policy), document, workload, choices).ready();
}

/// Lints `text` and holds each verdict to the planner's.
void compare(const std::string& name, std::string text, Promises& promises) {
  const LintSettings settings = as_written();
  for (const Document& document : read_documents(std::make_shared<const Source>(name, std::move(text)))) {
    if (document.error) continue;
    Summary summary;
    const LintedDocument linted = lint_document(document, settings, summary);
    const std::vector<Workload> workloads = find_workloads(document.root);
    for (const JudgedWorkload& judged : linted.workloads) {
      if (!judged.report) continue;
      const WorkloadReport& report = *judged.report;
      const auto workload = std::find_if(workloads.begin(), workloads.end(), [&](const Workload& one) {
        return one.name == report.name && one.kind == report.kind &&
               document.source->position(offset_of(document, one.object)).line == report.line;
      });
      REQUIRE(workload != workloads.end());
      const Json& object = *value_at(document.root, workload->object);
      const std::string policy = report.policies.empty() ? std::string(default_policy_name) : report.policies.front();
      for (const WorkloadReport::Target& target : report.targets) {
        CHECK(target.ways.size() == 4);
        for (const WayReport& way : target.ways) {
          const bool is_open = way.verdict == "open";
          const bool agrees = is_open == is_planned(object, by_itself(*workload), policy, target.container, way.mode) &&
                              is_open == way.reason.empty();
          if (!agrees) {
            INFO(name << ": " << report.name << "/" << target.container << ": " << way.mode << " is " << way.verdict
                      << ": " << way.reason << "\n"
                      << object.dump(1));
            CHECK(agrees);
          }
          promises[std::string(way.mode)] += is_open;
        }
      }
    }
  }
}

/// A quarter of ten thousand: together they take longer than a test may on a busy machine.
void try_quarter(unsigned quarter) {
  PodGenerator generator(20261128 + quarter);
  Promises promises;
  for (int index = 0; index < 2'500; ++index)
    compare("workload " + std::to_string(index), generator.workload().dump(), promises);
  for (const char* mode : {"tmp", "port", "procroot"})
    CHECK(promises[mode] > 0);
}

}  // namespace

TEST_CASE("over all examples no way is promised that the planner refuses, and none kept back that it takes") {
  Promises promises;
  for (const char* directory : {"testdata", "manifests/examples"}) {
    for (const auto& entry : fs::recursive_directory_iterator(source_path(directory))) {
      const fs::path& path = entry.path();
      const bool is_huge = path.parent_path().filename() == "deep-nesting";
      if ((path.extension() != ".yaml" && path.extension() != ".json") || is_huge) continue;
      try {
        compare(path.string(), read_text(path), promises);
      } catch (const InputError&) {  // an example of a text that cannot be read
      }
    }
  }
  for (const char* mode : {"tmp", "port", "listen", "procroot"})
    CHECK(promises[mode] > 0);
}

TEST_CASE("over random workloads the ways are the planner's: the first quarter", "[property]") {
  try_quarter(0);
}

TEST_CASE("over random workloads the ways are the planner's: the second quarter", "[property]") {
  try_quarter(1);
}

TEST_CASE("over random workloads the ways are the planner's: the third quarter", "[property]") {
  try_quarter(2);
}

TEST_CASE("over random workloads the ways are the planner's: the last quarter", "[property]") {
  try_quarter(3);
}

}  // namespace dotdiag::test
