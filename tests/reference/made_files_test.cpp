// What --help says is the witness: it is printed by CLI11, not by us.
#include "tests/reference/made_files.hpp"

#include <catch2/catch.hpp>

#include <regex>

using namespace dotdiag::test;

namespace {

/// The options and subcommands that `help` lists: what the lines below these headings begin with.
std::set<std::string> listed(const std::string& help) {
  std::set<std::string> names;
  static const std::regex entry("^  (-[^ ]*|[a-z]+ {2,})");
  std::istringstream lines(help);
  bool wanted = false;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (line.ends_with(':')) wanted = line.starts_with("Options") || line.starts_with("Subcommands");
    if (!wanted || !std::regex_search(line, match, entry)) continue;
    std::stringstream all(match[1]);
    for (std::string name; std::getline(all, name, ',');)
      names.insert(name.substr(0, name.find_first_of("= ")));
  }
  return names;
}

std::string help_of(const MadeFor& it, const std::string& command) {
  std::vector<std::string> line = {it.path, "--help"};
  if (!command.empty()) line.insert(line.begin() + 1, command);
  return run_process(line).out;
}

std::string text_of(const std::string& path) {
  return run_process({"gzip", "--decompress", "--stdout", "--force", path}).out;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return std::regex_replace(text, std::regex(from), to);
}

/// For fish an option is `-l format` or `-s o`.
std::string for_fish(const std::string& name) {
  if (name.starts_with("--")) return " -l " + name.substr(2) + " ";
  return name.starts_with("-") ? " -s " + name.substr(1) + " " : " -a " + name + " ";
}

}  // namespace

TEST_CASE("every option and command that --help lists is in the page and in each completion") {
  for (const MadeFor& it : made_for()) {
    std::vector<std::string> commands = {""};
    for (const std::string& name : listed(help_of(it, "")))
      if (!name.starts_with('-')) commands.push_back(name);
    const std::string bash = text_of(made(it.program, "bash/" + it.program));
    const std::string zsh = text_of(made(it.program, "zsh/_" + it.program));
    const std::string fish = text_of(made(it.program, "fish/" + it.program + ".fish"));
    for (const std::string& command : commands) {
      const std::string page_name = it.program + (command.empty() ? "" : "-" + command);
      const std::string page = text_of(made(it.program, "man/" + page_name + ".1.gz"));
      const auto names = listed(help_of(it, command));
      CHECK(names.size() >= 2);
      for (const std::string& name : names) {
        CAPTURE(page_name, name);
        CHECK(page.find("\\fB" + replaced(name, "-", "\\-") + "\\fR") != std::string::npos);
        CHECK(std::regex_search(bash, std::regex("'" + command + "[ a-z]* '?.*words.*[ ']" + name + "[ ']")));
        CHECK(zsh.find(name) != std::string::npos);
        CHECK(fish.find(for_fish(name)) != std::string::npos);
      }
    }
  }
}

TEST_CASE("mandoc finds nothing to mend in a page") {
  if (run_process({"sh", "-c", "command -v mandoc"}).exit_code != 0) {
    WARN("skipped: mandoc is not installed");
    return;
  }
  for (const MadeFor& it : made_for()) {
    const auto result =
        run_process({"sh", "-c", "for page in \"$0\"/*.1.gz; do zcat \"$page\" | mandoc -Tlint -W warning; done",
                     made(it.program, "man")});
    CAPTURE(it.program);
    CHECK(result.out == "");
    CHECK(result.exit_code == 0);
  }
}
