// Which files a repository keeps out of itself: what is generated or fetched is nobody's manifest.
#pragma once

#include "linter/glob.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace dotdiag {

/// The patterns of the .gitignore files from the repository's root down to one directory, and of .git/info/exclude.
/// What git is told by a person's own configuration does not count: it is not the same for everybody.
class Gitignore {
 public:
  /// Those that count in `directory`. Outside of a repository there are none.
  static Gitignore above(const std::filesystem::path& directory);

  /// Those that count in `directory`, which is in the one that this was made for.
  Gitignore below(const std::filesystem::path& directory) const;

  /// True where git would ignore `path`, which stands in the directory that this was made for.
  bool ignores(const std::filesystem::path& path, bool is_directory) const;

 private:
  struct Line {
    std::filesystem::path directory;  ///< absolute; what the pattern is relative to
    Glob glob;
    bool includes;  ///< `!pattern`
  };

  void read(const std::filesystem::path& file, const std::filesystem::path& directory);

  bool in_repository_ = false;
  std::vector<Line> lines_;  ///< the last one that fits counts
};

}  // namespace dotdiag
