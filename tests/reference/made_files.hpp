// The man pages and completions that the build has made, and the programs they are about.
#pragma once

#include "tests/support/places.hpp"
#include "tests/support/process.hpp"

#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::test {

struct MadeFor {
  std::string program;  ///< `kubectl-dotdiag`
  std::string path;     ///< of the program in the build directory
};

inline const std::vector<MadeFor>& made_for() {
  static const std::vector<MadeFor> all = {
      {"dotdiag-collect", build_path("collect/dotdiag-collect")},
      {"dotdiag-lint", build_path("linter/dotdiag-lint")},
      {"dotdiag-patch", build_path("patch/dotdiag-patch")},
      {"dotdiag-webhook", build_path("webhook/dotdiag-webhook")},
      {"kubectl-dotdiag", build_path("patch/plugin/kubectl-dotdiag")},
  };
  return all;
}

/// What was made for `program`: `man/dotdiag-lint.1.gz`, `bash/dotdiag-lint`.
inline std::string made(const std::string& program, const std::string& file) {
  return build_path("manual/" + program + "/" + file);
}

/// The lines of `text`.
inline std::multiset<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::multiset<std::string> lines;
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) lines.insert(line);
  return lines;
}

}  // namespace dotdiag::test
