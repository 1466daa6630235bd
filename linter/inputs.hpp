// Which files a run looks at.
#pragma once

#include <string>
#include <vector>

namespace dotdiag {

/// One file to lint, or the reason why a path that was asked for cannot be.
struct Input {
  std::string path;          ///< `-` for standard input; as a person would write it, for messages
  bool named = false;        ///< named on the command line, not found in a directory
  bool in_chart = false;     ///< below the `templates` folder of a Helm chart
  std::string problem = {};  ///< not empty: it cannot be read, and why
};

/// The files that `paths` lead to, in order: a file is itself, whatever its name; a directory gives its *.yaml, *.yml
/// and *.json, recursively and sorted by name, without hidden directories and node_modules. Links are followed, each
/// directory and each file is visited once. What cannot be read becomes an Input with its `problem`.
std::vector<Input> find_inputs(const std::vector<std::string>& paths);

}  // namespace dotdiag
