#include "core/policy/opt_in.hpp"

#include "core/policy/words.hpp"

#include <catch2/catch.hpp>

namespace dotdiag {
namespace {

Json deployment(Json own, Json of_template) {
  return Json{{"apiVersion", "apps/v1"},
              {"kind", "Deployment"},
              {"metadata", {{"annotations", std::move(own)}}},
              {"spec",
               {{"template",
                 {{"metadata", {{"annotations", std::move(of_template)}}},
                  {"spec", {{"containers", Json::array({{{"name", "app"}}, {{"name", "envoy"}}})}}}}}}}};
}

OptIn opt_in_of(const Json& object, std::string_view true_means = default_policy_name,
                std::string_view by_default = {}) {
  const auto workload = as_workload(object);
  REQUIRE(workload);
  return read_opt_in(PodView(object, *workload), PolicySet::builtin(), true_means, by_default);
}

std::string policy_names(const OptIn& opt_in) {
  std::vector<std::string> names;
  for (const Policy* policy : opt_in.policies)
    names.push_back(policy->name);
  return joined(names);
}

}  // namespace

TEST_CASE("dotdiag.io/inject takes true, false, a policy or a list of them") {
  struct Row {
    const char* value;
    OptIn::State state;
    const char* policies;
  };
  const Row row = GENERATE(values<Row>({
      {"true", OptIn::State::in, "dotnet-dump"},
      {"false", OptIn::State::out, ""},
      {"dotnet-monitor", OptIn::State::in, "dotnet-monitor"},
      {"dotnet-monitor, dotnet-dump", OptIn::State::in, "dotnet-monitor, dotnet-dump"},
      {" true ", OptIn::State::in, "dotnet-dump"},
      {"true,dotnet-dump", OptIn::State::in, "dotnet-dump"},
  }));
  INFO(row.value);
  const OptIn opt_in = opt_in_of(deployment({{"dotdiag.io/inject", row.value}}, nullptr));
  CHECK(opt_in.invalid == "");
  CHECK(opt_in.state == row.state);
  CHECK(policy_names(opt_in) == row.policies);
}

TEST_CASE("a workload without the annotation did not opt in") {
  CHECK(opt_in_of(deployment(nullptr, nullptr)).state == OptIn::State::absent);
  CHECK(opt_in_of(deployment({{"dotdiag.io/skip", "tmpdir"}}, nullptr)).state == OptIn::State::absent);
}

TEST_CASE("the other annotations are read where nobody opted in, for the linter and for nobody else") {
  const auto read = [](const Json& object) {
    return read_annotations(PodView(object, *as_workload(object)), PolicySet::builtin(), "dotnet-dump", {});
  };
  const Json choosing = deployment({{"dotdiag.io/skip", "tmpdir"}}, {{"dotdiag.io/containers", "envoy"}});
  CHECK(opt_in_of(choosing).choices.skip.empty());
  const OptIn opt_in = read(choosing);
  CHECK(opt_in.state == OptIn::State::absent);
  CHECK(opt_in.policies.empty());
  CHECK(opt_in.choices.skip == std::vector<std::string>{"tmpdir"});
  CHECK(opt_in.choices.containers == std::vector<std::string>{"envoy"});

  const Json naming_nothing = deployment({{"dotdiag.io/containers", "gone"}}, nullptr);
  CHECK(opt_in_of(naming_nothing).invalid == "");
  CHECK(read(naming_nothing).state == OptIn::State::absent);
  CHECK(read(naming_nothing).invalid == "dotdiag.io/containers: `gone` is not a container of this pod");
  const OptIn skipping_nothing = read(deployment({{"dotdiag.io/skip", "gone"}}, nullptr));
  CHECK(skipping_nothing.invalid.find("share-process-namespace") != std::string::npos);
  CHECK(read(deployment({{"dotdiag.io/inject", "false"}, {"dotdiag.io/containers", "gone"}}, nullptr)).invalid == "");
}

TEST_CASE("a namespace speaks for a workload that says nothing, and for no other") {
  const OptIn silent = opt_in_of(deployment({{"dotdiag.io/skip", "tmpdir"}}, nullptr), "dotnet-dump", "true");
  CHECK(silent.state == OptIn::State::in);
  CHECK(silent.by_default);
  CHECK(policy_names(silent) == "dotnet-dump");
  CHECK(silent.choices.skip == std::vector<std::string>{"tmpdir"});
  CHECK(policy_names(opt_in_of(deployment(nullptr, nullptr), "dotnet-dump", "dotnet-monitor")) == "dotnet-monitor");

  const OptIn out = opt_in_of(deployment(nullptr, {{"dotdiag.io/inject", "false"}}), "dotnet-dump", "true");
  CHECK(out.state == OptIn::State::out);
  CHECK_FALSE(out.by_default);
  const OptIn other = opt_in_of(deployment({{"dotdiag.io/inject", "dotnet-monitor"}}, nullptr), "dotnet-dump", "true");
  CHECK(policy_names(other) == "dotnet-monitor");
}

TEST_CASE("a namespace's label that names no policy opts nothing in, and is named") {
  const OptIn wrong = opt_in_of(deployment(nullptr, nullptr), "dotnet-dump", "dotnet-trace");
  CHECK(wrong.invalid.starts_with("dotdiag.io/inject-default: `dotnet-trace` is not true, false, or of dotnet-dump"));
}

TEST_CASE("the workload's own annotation wins over its pod template's, one by one") {
  const OptIn opt_in = opt_in_of(deployment({{"dotdiag.io/inject", "true"}},
                                            {{"dotdiag.io/inject", "false"}, {"dotdiag.io/containers", "envoy"}}));
  CHECK(opt_in.state == OptIn::State::in);
  CHECK(opt_in.choices.containers == std::vector<std::string>{"envoy"});
  CHECK(opt_in.at.text() == "/metadata/annotations/dotdiag.io~1inject");
}

TEST_CASE("what true means is the caller's choice, and a named policy stays as named") {
  CHECK(policy_names(opt_in_of(deployment({{"dotdiag.io/inject", "true"}}, nullptr), "dotnet-dump-restricted")) ==
        "dotnet-dump-restricted");
  CHECK(policy_names(opt_in_of(deployment({{"dotdiag.io/inject", "dotnet-dump"}}, nullptr),
                               "dotnet-dump-restricted")) == "dotnet-dump");
}

TEST_CASE("the other annotations make their choices") {
  const OptIn opt_in = opt_in_of(deployment({{"dotdiag.io/inject", "true"},
                                             {"dotdiag.io/containers", "app, envoy"},
                                             {"dotdiag.io/size-limit", "2Gi"},
                                             {"dotdiag.io/skip", "sys-ptrace,tmpdir"},
                                             {"dotdiag.io/on-conflict", "override"}},
                                            nullptr));
  CHECK(opt_in.invalid == "");
  CHECK(opt_in.choices.containers == std::vector<std::string>{"app", "envoy"});
  REQUIRE(opt_in.choices.size_limit);
  CHECK(opt_in.choices.size_limit->text() == "2Gi");
  CHECK(opt_in.choices.skip == std::vector<std::string>{"sys-ptrace", "tmpdir"});
  CHECK(opt_in.choices.override_conflicts);
}

TEST_CASE("a value that makes no sense is refused by name, with what would be right") {
  struct Row {
    const char* key;
    Json value;
    const char* invalid;
  };
  const Row row = GENERATE(values<Row>({
      {"dotdiag.io/inject", "yes",
       "dotdiag.io/inject: `yes` is not true, false, or of dotnet-dump, dotnet-dump-restricted, dotnet-monitor"},
      {"dotdiag.io/inject", "", "dotdiag.io/inject: `` is not a value, or several separated by commas"},
      {"dotdiag.io/inject", "dotnet-dump,",
       "dotdiag.io/inject: `dotnet-dump,` is not a value, or several separated by commas"},
      {"dotdiag.io/inject", true, "dotdiag.io/inject: `true` is not a string: put it in quotes"},
      {"dotdiag.io/containers", "web", "dotdiag.io/containers: `web` is not a container of this pod"},
      {"dotdiag.io/size-limit", "big", "dotdiag.io/size-limit: `big` is not a size above zero such as 2Gi"},
      {"dotdiag.io/size-limit", "0", "dotdiag.io/size-limit: `0` is not a size above zero such as 2Gi"},
      {"dotdiag.io/skip", "ptrace",
       "dotdiag.io/skip: `ptrace` is not of share-process-namespace, sys-ptrace, shared-tmp, recipe-variable, "
       "diagnostics-enabled, tmpdir"},
      {"dotdiag.io/on-conflict", "replace", "dotdiag.io/on-conflict: `replace` is not keep or override"},
  }));
  INFO(row.key << " = " << row.value);
  Json annotations = {{"dotdiag.io/inject", "true"}};
  annotations[row.key] = row.value;
  const OptIn opt_in = opt_in_of(deployment(annotations, nullptr));
  CHECK(opt_in.invalid == row.invalid);
  CHECK(opt_in.at.text() == (Pointer{} / "metadata" / "annotations" / row.key).text());
}

}  // namespace dotdiag
