#include "reference/command.hpp"

#include "core/command_line/choices.hpp"

namespace dotdiag::reference {
namespace {

// A metavar says what is meant; the parser itself only knows texts and numbers.
ValueKind kind_of(const std::string& metavar) {
  if (metavar.empty()) return ValueKind::none;
  if (metavar == "FILE") return ValueKind::file;
  if (metavar == "DIR") return ValueKind::directory;
  for (const char* name : {"POD", "NAMESPACE", "CONTEXT", "CLUSTER", "USER"})
    if (metavar == name) return ValueKind::kubectl;
  return ValueKind::text;
}

/// Without what CLI11 appends of the option's checks: `N`, not `N:INT in [1 - 9]`.
std::string metavar_of(CLI::Option& option) {
  const std::string all = option.get_type_name();
  std::size_t appended = 0;
  try {
    for (int i = 0;; ++i) {
      const std::string description = option.get_validator(i)->get_description();
      if (!description.empty()) appended += description.size() + 1;
    }
  } catch (const CLI::OptionNotFound&) {  // the only way to learn how many there are
  }
  return all.substr(0, all.size() - appended);
}

std::string help_of(const CLI::Option& option) {
  const std::string initial = option.get_default_str();
  return option.get_description() + (initial.empty() ? "" : "; default: " + initial);
}

Option describe(CLI::Option& option) {
  Option result;
  for (const std::string& name : option.get_snames())
    result.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames())
    result.names.push_back("--" + name);
  if (option.get_items_expected_max() > 0) result.metavar = metavar_of(option);
  result.kind = kind_of(result.metavar);
  if (option.get_positional()) result.metavar = option.get_name(true);
  result.help = help_of(option);
  result.group = option.get_group();
  result.choices = choices_of(option);
  result.required = option.get_required();
  result.repeats = option.get_items_expected_max() > 1;
  return result;
}

Command describe(CLI::App& app, const std::string& caller) {
  Command result;
  result.name = app.get_name();
  result.invocation = caller + app.get_name();
  result.description = app.get_description();
  result.footer = app.get_footer();
  for (CLI::Option* option : app.get_options([](CLI::Option*) { return true; })) {
    if (option->get_group().empty()) continue;  // CLI11's way to hide one
    (option->get_positional() ? result.arguments : result.options).push_back(describe(*option));
  }
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; }))
    result.commands.push_back(describe(*command, result.invocation + " "));
  return result;
}

}  // namespace

Command describe(CLI::App& app) {
  return describe(app, "");
}

}  // namespace dotdiag::reference
