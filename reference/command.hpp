// A command line as its readers see it: what man pages and completions are written from. Read from a CLI::App, so that
// whatever the parser takes is here, and nothing else.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dotdiag::reference {

/// What a value is, as far as a shell can help with it.
enum class ValueKind {
  none,       ///< a flag has no value
  text,       ///< anything, or one of `choices`
  file,       ///< a file or a directory
  directory,  ///< a directory
  kubectl,    ///< something that kubectl knows: a pod, a namespace, a context
};

/// An option, or an argument that stands for itself.
struct Option {
  std::vector<std::string> names;  ///< `-o`, `--output`; empty for an argument
  std::string metavar;             ///< `FILE`; empty for a flag
  std::string help;                ///< with the default where the parser knows one
  std::string group;               ///< the heading that it stands under
  ValueKind kind = ValueKind::none;
  std::vector<std::string> choices;
  bool required = false;
  bool repeats = false;
};

/// A program, or a subcommand of one.
struct Command {
  std::string name;         ///< `inject`
  std::string invocation;   ///< `kubectl dotdiag inject`
  std::string description;  ///< one sentence
  std::string footer;       ///< what --help ends with
  std::vector<Option> options;
  std::vector<Option> arguments;
  std::vector<Command> commands;
};

Command describe(CLI::App& app);

}  // namespace dotdiag::reference
