// Where the sources of a run's images are looked for. Repositories are read when they are first asked about, each once.
#pragma once

#include "linter/sources/repository.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

class Sources {
 public:
  enum class Where {
    nowhere,
    around,    ///< in the repository (`.git`) that a manifest is in, else in the directory that was named
    directory  ///< in the one that is named
  };

  Sources() = default;
  /// `named` are the paths of the command line, or with Where::directory the one directory.
  Sources(Where where, std::vector<std::string> named, std::vector<ImageMapping> mappings, SourceLimits limits = {});

  /// The program that `image`, in the file `manifest`, is made of. Safe to call from several threads.
  std::optional<Program> program_of(std::string_view image, const std::string& manifest) const;

  /// The repositories of which not all was read, each with why.
  std::map<std::string, std::string> incomplete() const;

 private:
  std::optional<std::filesystem::path> root_of(const std::string& manifest) const;
  std::optional<std::filesystem::path> known_root_of(const std::string& manifest) const;
  const Repository& repository(const std::filesystem::path& root) const;

  Where where_ = Where::nowhere;
  std::vector<std::string> named_;
  std::vector<ImageMapping> mappings_;
  SourceLimits limits_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::optional<std::filesystem::path>> roots_;  // of manifests: found out once
  mutable std::map<std::filesystem::path, std::unique_ptr<const Repository>> read_;
};

}  // namespace dotdiag
