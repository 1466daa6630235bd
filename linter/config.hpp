// The settings that a repository keeps for dotdiag-lint, in .dotdiag-lint.yaml.
#pragma once

#include "core/policy/surroundings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

/// What a settings file says; what it leaves out is empty.
struct Config {
  std::vector<std::string> policies;  ///< what workloads are held against
  Surroundings surroundings;
};

/// Reads the settings file at `path`. Throws InputError at the first line that is not YAML or breaks
/// linter/config.schema.json.
Config read_config(const std::string& path);

/// The first .dotdiag-lint.yaml in the current directory or above it, up to the root of the repository (where `.git`
/// is); nothing where there is none.
std::optional<std::string> find_config();

}  // namespace dotdiag
