// A kubectl that answers from a script, and writes down how it was called.
#pragma once

#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace dotdiag::test {

class FakeKubectl {
 public:
  /// `cases` are the branches of a shell's `case "$*" in`: `"get pod"*) cat "$HERE/pod.json" ;;`. `$HERE` is the
  /// directory of its files, `$COUNT` the number of this call. What no branch knows fails.
  explicit FakeKubectl(const std::string& cases) {
    const std::string script =
        "#!/bin/sh\nHERE='" + directory_.path().string() +
        "'\necho x >> \"$HERE/count\"\nCOUNT=$(wc -l < \"$HERE/count\")\n"
        "for word; do printf '<%s>' \"$word\"; done >> \"$HERE/calls\"\necho >> \"$HERE/calls\"\n"
        "case \"$*\" in\n" +
        cases + "*) echo \"unexpected: $*\" >&2; exit 99 ;;\nesac\n";
    const std::string path = directory_.write("bin/kubectl", script);
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  }

  void write(const std::string& name, const std::string& text) const { directory_.write(name, text); }
  std::string read(const std::string& name) const { return read_text(directory_.path() / name); }

  /// The calls, a line each, each argument in angle brackets.
  std::string calls() const { return read("calls"); }

  bool has(const std::string& name) const { return std::filesystem::exists(directory_.path() / name); }

  /// Runs the plugin with this kubectl.
  ProcessResult run(const std::vector<std::string>& arguments, const std::string& input = "") const {
    return run_process(command(arguments), options(input));
  }

  /// The same, for what happens while it runs.
  std::unique_ptr<Process> start(const std::vector<std::string>& arguments) const {
    return std::make_unique<Process>(command(arguments), options(""));
  }

 private:
  static std::vector<std::string> command(const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {build_path("patch/plugin/kubectl-dotdiag")};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
  }

  ProcessOptions options(const std::string& input) const {
    ProcessOptions options;
    options.input = input;
    const char* path = std::getenv("PATH");
    options.environment = {"PATH=" + (directory_.path() / "bin").string() + ":" + (path == nullptr ? "" : path)};
    return options;
  }

  TemporaryDirectory directory_;
};

}  // namespace dotdiag::test
