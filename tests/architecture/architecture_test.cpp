// Holds the source tree against the rules of docs/architecture.md, and the rules against files that break them.
#include "tests/architecture/rules.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::architecture;

namespace {

using Breaks = std::vector<std::string>;

const std::vector<File>& tree() {
  static const std::vector<File> files = files_below(dotdiag::test::source_path());
  return files;
}

/// What `rule` says of every source file of the tree.
template <typename Rule>
Breaks in_tree(Rule rule) {
  Breaks all;
  for (const File& file : tree()) {
    if (!is_source(file)) continue;
    const Breaks breaks = rule(file);
    all.insert(all.end(), breaks.begin(), breaks.end());
  }
  return all;
}

}  // namespace

TEST_CASE("the tree is found") {
  CHECK(tree().size() > 100);
  CHECK(in_tree([](const File& file) { return Breaks{file.path}; }).size() > 50);
}

TEST_CASE("includes go down only and each library stays in its place") {
  CHECK(in_tree(include_breaks) == Breaks{});
}

TEST_CASE("every quoted include is a path from the root") {
  CHECK(in_tree([](const File& file) { return missing_includes(file, tree()); }) == Breaks{});
}

TEST_CASE("every source file begins with what it promises") {
  CHECK(in_tree(opening_breaks) == Breaks{});
}

TEST_CASE("every header is included once at most") {
  CHECK(in_tree([](const File& file) {
          const bool guarded = file.path.ends_with(".cpp") || file.text.find("\n#pragma once\n") != std::string::npos;
          return guarded ? Breaks{} : Breaks{file.path};
        }) == Breaks{});
}

TEST_CASE("every source file is built") {
  CHECK(orphans(tree()) == Breaks{});
}

TEST_CASE("no two headers of one program define a type of the same name") {
  CHECK(types_defined_twice(tree()) == Breaks{});
}

TEST_CASE("a type of the same name is seen in a program and in the core, not in two programs") {
  const File core{"core/a.hpp", "struct Decision {\n};\n"};
  const File webhook{"webhook/b.hpp", "class Decision {\n};\nstruct Options {\n};\nstruct Declared;\n"};
  const File linter{"linter/c.hpp", "struct Options {\n};\nstruct Declared;\n"};
  CHECK(types_defined_twice({core, webhook, linter}) ==
        Breaks{"Decision is defined in core/a.hpp and in webhook/b.hpp"});
  CHECK(types_defined_twice({webhook, {"webhook/d.hpp", "struct Decision {\n};\n"}}).size() == 1);
}

TEST_CASE("no file mentions the place where it was written") {
  Breaks mentions;
  for (const File& file : tree())
    for (const std::string& mention : local_mentions(file))
      mentions.push_back(mention);
  CHECK(mentions == Breaks{});
}

TEST_CASE("an include is judged by the floor and the kind of the file it stands in") {
  struct Example {
    std::string path, include;
    bool is_break;
  };
  const auto example = GENERATE(values<Example>({
      {"core/edit/edit.hpp", "\"core/document/json.hpp\"", false},
      {"core/edit/edit.cpp", "\"core/edit/edit.hpp\"", false},
      {"core/document/json.cpp", "\"core/edit/edit.hpp\"", true},
      {"core/policy/kinds/env.cpp", "\"core/edit/edit.hpp\"", false},
      {"core/policy/evaluate.cpp", "\"core/ephemeral/plan.hpp\"", true},
      {"core/ephemeral/plan.cpp", "\"webhook/admission.hpp\"", true},
      {"core/ephemeral/plan.cpp", "\"plan.hpp\"", true},
      {"webhook/main.cpp", "\"core/ephemeral/plan.hpp\"", false},
      {"webhook/main.cpp", "\"linter/lint.hpp\"", true},
      {"linter/main.cpp", "\"webhook/server.hpp\"", true},
      {"linter/main.cpp", "\"patch/options.hpp\"", true},
      {"linter/main.cpp", "\"tests/support/process.hpp\"", true},
      {"patch/main.cpp", "\"linter/lint.hpp\"", true},
      {"core/diagnostics/client.cpp", "\"core/document/json.hpp\"", true},
      {"core/policy/policy.cpp", "\"core/diagnostics/client.hpp\"", true},
      {"collect/main.cpp", "\"core/diagnostics/client.hpp\"", false},
      {"collect/main.cpp", "\"core/policy/policy.hpp\"", true},
      {"collect/compress_zstd.cpp", "<zstd.h>", false},
      {"collect/compress.cpp", "<zstd.h>", true},
      {"core/diagnostics/client.cpp", "<zstd.h>", true},
      {"webhook/server.cpp", "<boost/beast/http.hpp>", false},
      {"core/ephemeral/plan.cpp", "<boost/beast/http.hpp>", true},
      {"linter/main.cpp", "<boost/asio.hpp>", true},
      {"patch/main.cpp", "<openssl/ssl.h>", true},
      {"core/document/yaml_events.cpp", "<yaml.h>", false},
      {"core/policy/policy.cpp", "<yaml.h>", true},
      {"core/edit/yaml_writer.cpp", "<yaml-cpp/yaml.h>", true},
      {"core/edit/yaml_writer.hpp", "<yaml-cpp/yaml.h>", true},
      {"linter/lint.cpp", "<yaml-cpp/yaml.h>", true},
      {"linter/second_reader.cpp", "<yaml-cpp/yaml.h>", false},
      {"core/document/schema.cpp", "<valijson/validator.hpp>", false},
      {"core/policy/policy.cpp", "<valijson/validator.hpp>", true},
      {"core/document/json_reader.cpp", "<simdjson.h>", false},
      {"webhook/admission.cpp", "<simdjson.h>", true},
      {"webhook/metrics.cpp", "<prometheus/registry.h>", false},
      {"webhook/metrics.hpp", "<prometheus/registry.h>", true},
      {"tests/core/edit/test_edit.cpp", "<yaml-cpp/yaml.h>", false},
  }));
  CAPTURE(example.path, example.include);
  CHECK(include_breaks({example.path, "// A comment.\n#include " + example.include + "\n"}).empty() !=
        example.is_break);
}

TEST_CASE("a file begins with a comment or with the header that declares its contents") {
  CHECK(opening_breaks({"core/edit/edit.cpp", "// Edits.\n"}).empty());
  CHECK(opening_breaks({"core/edit/edit.cpp", "#include \"core/edit/edit.hpp\"\n"}).empty());
  CHECK(opening_breaks({"core/policy/kinds/env.cpp", "#include \"core/policy/kinds.hpp\"\n"}).empty());
  CHECK(opening_breaks({"tests/core/edit/edit_test.cpp", "#include \"core/edit/edit.hpp\"\n"}).empty());
  CHECK_FALSE(opening_breaks({"core/edit/edit.cpp", "#include \"core/document/json.hpp\"\n"}).empty());
  CHECK_FALSE(opening_breaks({"core/edit/edit.cpp", "#include <vector>\n"}).empty());
  CHECK_FALSE(opening_breaks({"core/edit/edit.cpp", ""}).empty());
  CHECK_FALSE(opening_breaks({"core/edit/edit.hpp", "#pragma once\n"}).empty());
}

TEST_CASE("a source file is listed by the CMakeLists.txt of its folder or of one above") {
  const auto with_list = [](const std::string& list, const std::string& text) {
    return orphans({{list, text}, {"core/policy/kinds/env.cpp", ""}});
  };
  CHECK(with_list("core/policy/CMakeLists.txt", "add_library(policy\n  kinds/env.cpp\n)").empty());
  CHECK(with_list("CMakeLists.txt", "add_library(policy core/policy/kinds/env.cpp)").empty());
  CHECK(with_list("core/policy/CMakeLists.txt", "add_library(policy\n  # kinds/env.cpp\n)").size() == 1);
  CHECK(with_list("core/policy/CMakeLists.txt", "add_library(policy kinds/other_env.cpp)").size() == 1);
  CHECK(with_list("core/edit/CMakeLists.txt", "add_library(edit kinds/env.cpp)").size() == 1);
}

TEST_CASE("an include that names no file from the root is missing") {
  const File file{"core/edit/edit.cpp", "#include \"core/edit/edit.hpp\"\n#include <vector>\n"};
  CHECK(missing_includes(file, {{"core/edit/edit.hpp", ""}}).empty());
  CHECK(missing_includes(file, {{"core/edit/other.hpp", ""}}).size() == 1);
}

TEST_CASE("a mention of a place on the writer's machine is reported") {
  CHECK(local_mentions({"README.md", "see docs/"}).empty());
  CHECK(local_mentions({"README.md", std::string("see /wo") + "rk/main"}).size() == 1);
  CHECK(local_mentions({"README.md", std::string("see ../sha") + "red/docs"}).size() == 1);
}
