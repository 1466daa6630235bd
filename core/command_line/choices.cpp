#include "core/command_line/choices.hpp"

#include <sstream>

// CLI11 keeps the choices of a check to itself. So they travel as the check's name, which it shows nobody.

namespace dotdiag {

std::string alternatives(const Words& choices) {
  std::string text;
  for (const std::string& choice : choices)
    text += (text.empty() ? "" : "|") + choice;
  return text;
}

CLI::Option* one_of(const Words& choices, CLI::Option* option, const std::string& metavar) {
  return option->type_name(metavar.empty() ? alternatives(choices) : metavar)
      ->check(CLI::IsMember(choices).description("").name(alternatives(choices)));
}

CLI::Option* such_as(const Words& choices, CLI::Option* option) {
  const auto accept = [](std::string&) { return std::string(); };
  return option->check(CLI::Validator(accept, "", alternatives(choices)));
}

Words choices_of(CLI::Option& option) {
  Words choices;
  try {
    std::istringstream names(option.get_validator(0)->get_name());
    for (std::string name; std::getline(names, name, '|');)
      choices.push_back(name);
  } catch (const CLI::OptionNotFound&) {  // it has no check at all
  }
  return choices;
}

}  // namespace dotdiag
