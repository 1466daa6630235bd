// Writes the man pages and completions of the program whose options this is linked with. Run by the build, not
// installed.
#include "core/command_line/command_line.hpp"
#include "reference/completion.hpp"
#include "reference/man.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace {

using namespace dotdiag::reference;
namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  if (!stream.flush()) throw std::runtime_error("cannot write " + path.string());
}

/// The page of the program, and one for each of its commands, which point to each other.
void write_pages(const fs::path& directory, const Command& command, const Edition& edition) {
  std::vector<std::string> parts;
  for (const Command& one : command.commands)
    parts.push_back(page_name(one));
  const std::string whole = page_name(command);
  write(directory / (whole + ".1"), man_page(command, parts, edition));
  for (const Command& one : command.commands) {
    std::vector<std::string> others = {whole};
    for (const std::string& part : parts)
      if (part != page_name(one)) others.push_back(part);
    write(directory / (page_name(one) + ".1"), man_page(one, others, edition));
  }
}

void write_completions(const fs::path& directory, const std::string& program, const Command& command) {
  write(directory / "bash" / program, bash_completion(program, command));
  write(directory / "zsh" / ("_" + program), zsh_completion(program, command));
  write(directory / "fish" / (program + ".fish"), fish_completion(program, command));
}

/// What only a plugin of kubectl has: kubectl looks for the program in PATH, and each program has a page.
void write_plugin(const fs::path& directory, const std::string& program, const Command& command) {
  constexpr std::string_view before = "kubectl-";
  if (!program.starts_with(before)) return;
  const std::string asked = "kubectl_complete-" + program.substr(before.size());
  const fs::path file = directory / "bin" / asked;
  write(file, kubectl_completion(program, command));
  fs::permissions(file, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add);
  fs::create_symlink(program + ".1.gz", directory / "man" / (asked + ".1.gz"));  // as the pages are compressed next
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 5) throw std::runtime_error("usage: PROGRAM VERSION DATE DIRECTORY");
  const std::string program = argv[1];
  const fs::path directory = argv[4];
  fs::remove_all(directory);  // a command that is gone leaves no page
  dotdiag::with_command_line([&](CLI::App& app) {
    const Command command = describe(app);
    write_pages(directory / "man", command, {argv[3], argv[2]});
    write_completions(directory, program, command);
    write_plugin(directory, program, command);
  });
} catch (const std::exception& error) {
  std::cerr << "reference: " << error.what() << '\n';
  return 1;
}
