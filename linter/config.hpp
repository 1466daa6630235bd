// The settings that a repository keeps for dotdiag-lint, in .dotdiag-lint.yaml.
#pragma once

#include "core/document/source.hpp"
#include "core/policy/surroundings.hpp"
#include "linter/catalogue.hpp"
#include "linter/glob.hpp"
#include "linter/per_file_ignore.hpp"
#include "linter/render/render_settings.hpp"
#include "linter/selection.hpp"
#include "linter/sources/repository.hpp"
#include "linter/suppression/ignores.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

/// What a settings file says; what it leaves out is empty.
struct Config {
  std::shared_ptr<const Source> source;  ///< nullptr: there is no settings file
  std::string directory;                 ///< the absolute path of the file's
  std::vector<std::string> policies;     ///< what workloads are held against
  Surroundings surroundings;
  std::vector<std::string> select;         ///< the rules that speak, see Selection
  std::vector<std::string> extend_select;  ///< these too
  std::vector<std::string> ignore;         ///< and these not
  Severities severities;
  std::vector<PerFileIgnore> per_file_ignores;
  std::vector<Ignore> ignores;
  std::vector<Glob> exclude;         ///< what is not looked at in directories; from the directory of the settings file
  std::string fail_on;               ///< a severity, or `never`; empty: not said
  std::string baseline;              ///< the path of the file; empty: not said
  std::string sources;               ///< auto, none, or a directory
  std::vector<ImageMapping> images;  ///< what images are made of whose names do not say it
  RenderSettings render;
};

/// Reads the settings file at `path`; paths in it count from its directory. Throws InputError at the first line that is
/// not YAML, breaks linter/config.schema.json, or names a rule that is not in `entries`; nobody looks at that where
/// `entries` is empty.
Config read_config(const std::string& path, const std::vector<CatalogueEntry>& entries = {});

/// The first .dotdiag-lint.yaml in `directory` (empty: the current one) or above it, up to the root of the repository
/// (where `.git` is); nothing where there is none.
std::optional<std::string> find_config(const std::string& directory = {});

}  // namespace dotdiag
