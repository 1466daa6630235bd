#include "reference/man.hpp"

#include "reference/footer.hpp"
#include "reference/roff.hpp"

#include <algorithm>
#include <cctype>

namespace dotdiag::reference {
namespace {

std::string paragraph_of(const Section& section) {
  std::string text;
  for (const std::string& line : section.lines)
    text += line + " ";
  return paragraph(text);
}

std::string sentence(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text.empty() || text.ends_with('.') ? text : text + ".";
}

/// For the line below NAME, which indexes show: no capital, no full stop.
std::string summary(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

std::string synopsis(const Command& command) {
  std::string text = bold(command.invocation);
  if (!command.commands.empty()) return text + " " + italic("COMMAND") + " [" + italic("OPTION") + "]...\n";
  text += " [" + italic("OPTION") + "]...";
  for (const Option& argument : command.arguments) {
    const std::string name = italic(argument.metavar) + (argument.repeats ? "..." : "");
    text += argument.required ? " " + name : " [" + name + "]";
  }
  return text + "\n";
}

std::string entry(const std::string& tag, const std::string& text) {
  return ".TP\n" + tag + "\n" + paragraph(text);
}

std::string tag_of(const Option& option) {
  std::string tag;
  for (const std::string& name : option.names)
    tag += (tag.empty() ? "" : ", ") + bold(name);
  if (option.metavar.empty()) return tag;
  return tag + (tag.empty() ? "" : " ") + italic(option.metavar);
}

/// The choices, where neither the metavar nor the help names them.
std::string choices_of(const Option& option) {
  const std::string said = option.metavar + option.help;
  const auto is_said = [&](const std::string& choice) { return said.find(choice) != std::string::npos; };
  if (std::all_of(option.choices.begin(), option.choices.end(), is_said)) return "";
  std::string text;
  for (const std::string& choice : option.choices)
    text += (text.empty() ? " Such as " : ", ") + choice;
  return text + ".";
}

std::string options(const std::vector<Option>& all, const std::string& group) {
  std::string text;
  for (const Option& option : all)
    if (option.group == group)
      text +=
          entry(tag_of(option), sentence(option.help) + (option.required && !option.names.empty() ? " Required." : "") +
                                    choices_of(option));
  return text;
}

std::string options(const Command& command) {
  const std::string usual = command.options.front().group;  // that of --help
  std::string text = heading("Options") + options(command.options, usual);
  std::vector<std::string> seen = {usual};
  for (const Option& option : command.options) {
    if (std::find(seen.begin(), seen.end(), option.group) != seen.end()) continue;
    seen.push_back(option.group);
    text += ".SS " + escaped(option.group) + "\n" + options(command.options, option.group);
  }
  return text;
}

std::string arguments(const Command& command) {
  if (command.arguments.empty()) return "";
  std::string text = heading("Arguments");
  for (const Option& argument : command.arguments)
    text += entry(tag_of(argument), sentence(argument.help));
  return text;
}

std::string commands(const Command& command) {
  if (command.commands.empty()) return "";
  std::string text = heading("Commands");
  for (const Command& one : command.commands)
    text += entry(bold(one.name), sentence(one.description) + " See " + page_name(one) + "(1).");
  return text;
}

std::string prose(const std::vector<Section>& sections) {
  std::string text;
  for (const Section& section : sections)
    if (section.heading.empty() && !is_about_exit_codes(section)) text += ".PP\n" + paragraph_of(section);
  return text;
}

std::string exit_status(const std::vector<Section>& sections) {
  const auto found = std::find_if(sections.begin(), sections.end(), is_about_exit_codes);
  return found == sections.end() ? "" : heading("Exit status") + paragraph_of(*found);
}

std::string listings(const std::vector<Section>& sections) {
  std::string text;
  for (const Section& section : sections) {
    if (section.heading.empty()) continue;
    text += heading(section.heading) + ".EX\n";
    for (const std::string& line : section.lines)
      text += text_line(line);
    text += ".EE\n";
  }
  return text;
}

std::string see_also(const std::vector<std::string>& family) {
  std::string text = heading("See also");
  for (const std::string& name : family)
    text += ".BR " + escaped(name) + " (1)" + (&name == &family.back() ? "\n" : ",\n");
  return text;
}

}  // namespace

std::string page_name(const Command& command) {
  std::string name = command.invocation;
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

std::string man_page(const Command& command, const std::vector<std::string>& family, const Edition& edition) {
  const std::string name = page_name(command);
  const std::vector<Section> sections = sections_of(command.footer);
  return ".\\\" Made from the options of " + command.invocation + " by reference/. Do not edit.\n" +  //
         ".TH " + escaped(upper(name)) + " 1 " + edition.date + " \"dotdiag " + edition.version +
         "\" \"dotdiag manual\"\n.nh\n" + heading("Name") + escaped(name) + " \\- " +
         escaped(summary(command.description)) + "\n" +                                         //
         heading("Synopsis") + synopsis(command) +                                              //
         heading("Description") + paragraph(sentence(command.description)) + prose(sections) +  //
         commands(command) + arguments(command) + options(command) + listings(sections) + exit_status(sections) +
         see_also(family);
}

}  // namespace dotdiag::reference
