// The command line as CLI11 would have it, out of the tables that it is parsed by: man pages and completions are made
// from this. The program itself does without CLI11, which would add a quarter to its size.
#include "core/command_line/command_line.hpp"

#include "collect/command.hpp"
#include "collect/help.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace dotdiag {
namespace {

using collect::Command;

void add_option(CLI::App& app, const collect::Option& option) {
  const std::string letter = option.letter == '\0' ? "" : std::string("-") + option.letter + ",";
  const std::string names = letter + "--" + std::string(option.name);
  const std::string help(option.help);
  if (option.value.empty())
    app.add_flag(names, help);
  else
    app.add_option(names, help)->type_name(std::string(option.value))->expected(1);
}

void add_command(CLI::App& app, const Command& command) {
  CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
  sub->footer(std::string(command.details));
  for (const collect::Option& option : command.options)
    add_option(*sub, option);
  if (!command.words.empty()) sub->add_option(std::string(command.words))->type_name(std::string(command.words));
}

}  // namespace

void with_command_line(const std::function<void(CLI::App& app)>& look) {
  CLI::App app(collect::program_summary, "dotdiag-collect");
  app.footer(collect::program_footer);
  app.add_flag("--version")->description("Print the version and exit");
  for (const Command& command : collect::commands())
    add_command(app, command);
  look(app);
}

}  // namespace dotdiag
