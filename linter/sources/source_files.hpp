// The files of a repository that say what its images are made of: found without following links out of it or in
// circles, and within limits, because a repository may be huge, or hostile.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// How much of a repository is looked at.
struct SourceLimits {
  std::size_t entries = 200'000;                    ///< files and directories that are passed on the way
  std::size_t files = 10'000;                       ///< files that are kept
  int depth = 24;                                   ///< directories inside each other
  std::size_t file_bytes = 1 << 20;                 ///< of a file; a larger one is left out
  std::size_t total_bytes = std::size_t{64} << 20;  ///< of all files that are read
};

/// What was found; paths are relative to `root`, with `/`, sorted.
class SourceFiles {
 public:
  enum class Kind {
    dockerfile,   ///< Dockerfile, Containerfile, Dockerfile.worker, worker.Dockerfile
    project,      ///< go.mod, Cart.csproj: see language_of_file
    properties,   ///< Directory.Build.props
    declaration,  ///< YAML that may say what is built from where: compose, skaffold, workflows
    script,       ///< text in which `docker build` may stand: Makefile, *.sh, Jenkinsfile
  };
  struct File {
    std::string path;
    Kind kind;
  };

  /// Walks through `root`. What cannot be read is passed over. Directories that hold what was made or fetched
  /// (node_modules, vendor, bin, obj ...), examples for tests (testdata), and hidden ones but .github are left out.
  static SourceFiles find(const std::filesystem::path& root, const SourceLimits& limits = {});

  const std::filesystem::path& root() const { return root_; }
  const std::vector<File>& files() const { return files_; }
  /// The text of a file; nothing where it is no regular file any more, too large, or the limit for all is reached.
  std::optional<std::string> read(std::string_view path);
  /// Which limit was reached, in words that follow "because"; empty where all was seen.
  const std::string& incomplete() const { return incomplete_; }

 private:
  std::filesystem::path root_;
  SourceLimits limits_;
  std::vector<File> files_;
  std::size_t bytes_ = 0;
  std::string incomplete_;
};

/// What kind of source file this is, by its path; nothing for all others.
std::optional<SourceFiles::Kind> source_kind(std::string_view path);

}  // namespace dotdiag
