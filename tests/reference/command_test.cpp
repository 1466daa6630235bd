// What is read from a CLI::App is what its parser takes.
#include "reference/command.hpp"
#include "core/command_line/choices.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace dotdiag::reference;

namespace {

const Option& named(const std::vector<Option>& options, const std::string& name) {
  for (const Option& option : options)
    if (std::find(option.names.begin(), option.names.end(), name) != option.names.end()) return option;
  throw std::runtime_error("no " + name);
}

}  // namespace

TEST_CASE("an option is read with its names, metavar, help, choices and kind of value") {
  CLI::App app("Does things.", "thing");
  std::string text;
  std::vector<std::string> several;
  bool flag = false;
  int days = 7;
  app.add_option("FILE", text, "What to read")->type_name("FILE")->required();
  one_of({"text", "json"}, app.add_option("-o,--output", text, "How"));
  app.add_option("--policies", several, "From where")->type_name("DIR")->group("Policies");
  app.add_flag("-q,--quiet", flag, "Say nothing");
  app.add_option("--days", days, "How long")->type_name("N")->check(CLI::Range(1, 9))->capture_default_str();
  app.add_option("--secret", text, "Hidden")->group("");
  const Command command = describe(app);

  REQUIRE(command.arguments.size() == 1);
  CHECK(command.arguments[0].kind == ValueKind::file);
  CHECK(command.arguments[0].required);
  const Option& output = named(command.options, "-o");
  CHECK(output.names == Words{"-o", "--output"});
  CHECK(output.metavar == "text|json");
  CHECK(output.help == "How");
  CHECK(output.choices == Words{"text", "json"});
  CHECK_FALSE(output.repeats);
  const Option& policies = named(command.options, "--policies");
  CHECK(policies.kind == ValueKind::directory);
  CHECK(policies.group == "Policies");
  CHECK(policies.repeats);
  CHECK(named(command.options, "--quiet").kind == ValueKind::none);
  CHECK(named(command.options, "--quiet").metavar.empty());
  CHECK(named(command.options, "--days").metavar == "N");
  CHECK(named(command.options, "--days").help == "How long; default: 7");
  CHECK(named(command.options, "--help").names == Words{"-h", "--help"});
  CHECK_THROWS(named(command.options, "--secret"));
}

TEST_CASE("a subcommand knows how it is called") {
  CLI::App app("", "kubectl dotdiag");
  app.add_subcommand("inject", "Adds it")->footer("Examples:\n  one");
  const Command command = describe(app);
  REQUIRE(command.commands.size() == 1);
  CHECK(command.commands[0].name == "inject");
  CHECK(command.commands[0].invocation == "kubectl dotdiag inject");
  CHECK(command.commands[0].description == "Adds it");
  CHECK(command.commands[0].footer == "Examples:\n  one");
}
