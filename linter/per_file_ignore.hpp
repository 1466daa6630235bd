// Rules that do not speak in some files.
#pragma once

#include "linter/glob.hpp"

#include <string>
#include <vector>

namespace dotdiag {

struct PerFileIgnore {
  std::vector<Glob> files;         ///< from the directory of the settings file
  std::vector<std::string> rules;  ///< ids, or the beginnings of them
};

/// The rules that do not speak in `file`; `directory` is the absolute path of the settings file's directory.
std::vector<std::string> rules_ignored_in(const std::string& file, const std::vector<PerFileIgnore>& ignores,
                                          const std::string& directory);

}  // namespace dotdiag
