// The choices of an option are what its parser takes, and can be read back.
#include "core/command_line/choices.hpp"
#include "core/policy/builtin_names.hpp"
#include "core/policy/policy.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

/// Parses `--colour VALUE`; what went wrong, or nothing.
std::string parse(CLI::App& app, const std::string& value) {
  try {
    app.parse("--colour " + value);
    return "";
  } catch (const CLI::ParseError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("an option that takes one of some words says which, and refuses others") {
  CLI::App app;
  std::string value;
  CLI::Option* option = one_of({"red", "green"}, app.add_option("--colour", value));
  CHECK(choices_of(*option) == Words{"red", "green"});
  CHECK(option->get_type_name() == "red|green");
  CHECK(parse(app, "green").empty());
  CHECK(value == "green");
  CHECK(parse(app, "blue").find("blue") != std::string::npos);
}

TEST_CASE("words that stand for values are taken as these") {
  CLI::App app;
  int value = 0;
  CLI::Option* option = one_of<int>({{"red", 1}, {"green", 2}}, app.add_option("--colour", value));
  CHECK(choices_of(*option) == Words{"red", "green"});
  CHECK(parse(app, "green").empty());
  CHECK(value == 2);
  CHECK_FALSE(parse(app, "blue").empty());
}

TEST_CASE("what an option most often is does not bind it") {
  CLI::App app;
  std::string value;
  CLI::Option* option = such_as({"red"}, app.add_option("--colour", value));
  CHECK(choices_of(*option) == Words{"red"});
  CHECK(parse(app, "blue").empty());
  CHECK(value == "blue");
}

TEST_CASE("an option without choices has none, whatever else is checked") {
  CLI::App app;
  int value = 0;
  CHECK(choices_of(*app.add_option("--colour", value)).empty());
  CHECK(choices_of(*app.add_option("--number", value)->check(CLI::Range(1, 9))).empty());
}

TEST_CASE("the names of the built-in policies are those of the policies") {
  Words names;
  for (const Policy& policy : PolicySet::builtin().all())
    names.push_back(policy.name);
  CHECK(builtin_policy_names() == names);
}
