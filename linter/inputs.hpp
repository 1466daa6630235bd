// Which files a run looks at.
#pragma once

#include "linter/glob.hpp"
#include "linter/render/rendered.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dotdiag {

/// One file to lint, or the reason why a path that was asked for cannot be.
struct Input {
  std::string path;          ///< `-` for standard input; as a person would write it, for messages
  bool named = false;        ///< named on the command line, not found in a directory
  bool in_chart = false;     ///< below the `templates` folder of a Helm chart
  std::string problem = {};  ///< not empty: it cannot be read, and why
  std::shared_ptr<const std::string> bytes = nullptr;  ///< set where it can be read only once, see hold_pipes
  std::shared_ptr<const Rendered> rendered = nullptr;  ///< set where `bytes` are what this renders to
};

/// What a walk through directories leaves out. Files that are named are looked at whatever this says, unless `forced`:
/// pre-commit names every file that changed.
struct Exclusions {
  struct Pattern {
    std::string directory;  ///< absolute; what the pattern is relative to
    Glob glob;
  };
  std::vector<Pattern> patterns;
  bool gitignore = true;  ///< also what git ignores
  bool forced = false;
};

/// The files that `paths` lead to, in order: a file is itself, whatever its name; a directory gives its *.yaml, *.yml
/// and *.json, recursively and sorted by name, without hidden directories, node_modules and
/// the settings file .dotdiag-lint.yaml. Links are followed, each
/// directory and each file is visited once. What `exclusions` names is left out. What cannot be read becomes an Input
/// with its `problem`.
std::vector<Input> find_inputs(const std::vector<std::string>& paths, const Exclusions& exclusions = {});

/// Reads standard input and pipes (`<(helm template chart)`) into `bytes`, so that they can be looked at more than
/// once. One that cannot be read is left as it is.
void hold_pipes(std::vector<Input>& inputs);

/// What is in the input. Throws InputError where it cannot be read.
std::string read_bytes(const Input& input);

}  // namespace dotdiag
